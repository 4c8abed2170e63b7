/** The conversation of a match, over the house's protocol (docs/messaging.md) with the same client as the agents' console. */
import { newCid } from "../../../agent_console/src/protocol/cid.ts";
import { Line, type LineState, type Socket } from "../../../agent_console/src/protocol/line.ts";
import { Log } from "../../../agent_console/src/protocol/log.ts";
import { Outbox, type Item, type Timers } from "../../../agent_console/src/protocol/outbox.ts";
import { openShelf } from "../../../agent_console/src/protocol/shelf.ts";
import { isLogFrame, type Entry, type ServerFrame } from "../../../agent_console/src/protocol/wire.ts";
import { offerPictures } from "./choosing.ts";
import { blurred, clock, handIn, isEnclosed, ownPicture, PICTURE, picture, post, Refused, sound, VOICE } from "./enclosed.ts";
import { arrange, bubble, button, warning, words, type Line as Shown } from "./lines.ts";
import { element } from "./page.ts";
import { offerVoice } from "./voice.ts";

const TYPING_MS = 4000;
const HOLE_MS = 1000;
const timers: Timers = {
  now: () => Date.now(),
  after: (ms, what) => window.setTimeout(what, ms),
  cancel: (timer) => window.clearTimeout(timer),
};

export function startChat(): void {
  const said = document.getElementById("chat");
  if (said) new Conversation(said.dataset as Record<string, string>).start();
}

class Conversation {
  private readonly log = new Log();
  private readonly line: Line;
  private outbox: Outbox | null = null;
  private theirs = 0;
  private over = false;
  private typingTimer = 0;
  private lastTyped = 0;
  private isAnswered = false;
  private isBlurred: boolean;
  private readonly says: Record<string, string>;
  private readonly readerWords: Record<string, string>;

  constructor(says: Record<string, string>) {
    this.says = says;
    this.isBlurred = says.blurred !== undefined;
    this.readerWords = JSON.parse(element("chat-reader-words").textContent || "{}") as Record<string, string>;
    this.line = new Line({ dial, timers, frame: (frame) => this.hear(frame), changed: (state) => this.lineIs(state) });
  }

  async start(): Promise<void> {
    const { shelf } = await openShelf("allonce-dating");
    this.outbox = new Outbox(this.says.seat ?? "", shelf, timers, {
      transmit: (item) => this.line.send({ t: "send", s: item.s, cid: item.cid, kind: item.kind, body: item.body }),
      upload: (item) => this.handIn(item),
      changed: () => this.draw(),
    });
    await this.outbox.open();
    this.listen();
    this.line.follow(this.stream, () => this.log.last);
    this.line.start();
    window.setInterval(() => this.mendHoles(), HOLE_MS);
  }

  /** Only now: what is sent before the outbox is open would be lost. */
  private listen(): void {
    const form = element<HTMLFormElement>("chat-write");
    const text = element<HTMLTextAreaElement>("chat-text");
    form.addEventListener("submit", (event) => this.submit(event, text));
    text.addEventListener("keydown", (event) => this.key(event, form));
    text.addEventListener("input", () => this.typed(text));
    document.addEventListener("visibilitychange", () => document.hidden || (this.line.probe(), this.readAll()));
    window.addEventListener("online", () => this.line.now());
    element<HTMLButtonElement>("chat-send").disabled = false;
    this.offerMore();
  }

  private offerMore(): void {
    const send = (kind: string, file: Blob, body: Record<string, unknown>) => this.enclose(kind, file, body);
    offerPictures({ send: (file) => send(PICTURE, file, {}), tooLarge: () => this.remark(this.says.toolarge) });
    const heard = { send: (file: Blob, seconds: number) => send(VOICE, file, { seconds }), refused: () => this.remark(this.says.nomicrophone) };
    element("chat-record").hidden = !offerVoice(heard);
  }

  private enclose(kind: string, file: Blob, body: Record<string, unknown>): void {
    this.remark("");
    if (!this.over) void this.outbox?.add({ cid: newCid(), s: this.stream, kind, body, audience: "all", file });
  }

  private async handIn(item: Item): Promise<Record<string, unknown>> {
    try {
      return await handIn(this.says.enclose ?? "", item);
    } catch (error) {
      if (error instanceof Refused && error.code === "not_found") void this.lookAgain();
      throw error;
    }
  }

  private get stream(): string {
    return this.says.stream ?? "";
  }

  private submit(event: Event, text: HTMLTextAreaElement): void {
    event.preventDefault();
    const words = text.value.trim();
    if (!words || this.over) return;
    text.value = "";
    grow(text);
    void this.outbox?.add({ cid: newCid(), s: this.stream, kind: "text", body: { text: words }, audience: "all" });
    text.focus();
  }

  private key(event: KeyboardEvent, form: HTMLFormElement): void {
    // On a phone's keyboard Enter is a new line: there the button sends.
    const phone = window.matchMedia("(pointer: coarse)").matches;
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || phone) return;
    event.preventDefault();
    form.requestSubmit();
  }

  private typed(text: HTMLTextAreaElement): void {
    grow(text);
    if (Date.now() - this.lastTyped < TYPING_MS / 2) return;
    this.lastTyped = Date.now();
    this.line.send({ t: "typing", s: this.stream, on: true });
  }

  private hear(frame: ServerFrame): void {
    if (isLogFrame(frame)) return this.take(frame);
    if (frame.t === "head" || frame.t === "live") return this.level(frame.t === "head" ? frame.seq : frame.head);
    if (frame.t === "reset") return void this.lookAgain();
    if (frame.t === "ack") this.outbox?.acked(frame.cid);
    else if (frame.t === "nack") this.nacked(frame);
    else if (frame.t === "read" && frame.seat === this.says.other) this.theirs = Math.max(this.theirs, frame.up_to);
    else if (frame.t === "typing" && frame.seat === this.says.other) return this.theyType(frame.on);
    this.draw();
  }

  /** Something became of the whole conversation: if its page is gone, it is over. */
  private async lookAgain(): Promise<void> {
    const answer = await fetch(location.href, { headers: { accept: "text/html" } }).catch(() => null);
    if (answer?.status === 404) this.end();
    else this.line.resume(this.stream);
  }

  private take(frame: Parameters<Log["take"]>[0]): void {
    this.log.take(frame, Date.now());
    if (frame.t === "msg" && frame.from === this.says.other) this.theyType(false);
    this.draw();
    this.readAll();
  }

  private level(head: number): void {
    this.log.hear(head, Date.now());
    this.draw();
    this.readAll();
  }

  private nacked(frame: Extract<ServerFrame, { t: "nack" }>): void {
    if (frame.cid) this.outbox?.nacked(frame.cid, frame.problem);
    if (frame.problem.code === "not_found") this.end();
  }

  /** The match is over: what was not sent will never be, and does not stay on this device. */
  private end(): void {
    if (this.over) return;
    this.over = true;
    for (const item of this.outbox?.of(this.stream) ?? []) this.forget(item);
    this.line.stop();
    this.tell(this.says.over ?? "");
    element("voice-cancel").click();
    element("chat-foot").hidden = true;
  }

  private lineIs(state: LineState): void {
    if (state === "open") this.outbox?.connect();
    else this.outbox?.disconnect();
    if (state === "refused") location.reload();
    if (!this.over) this.tell(state === "waiting" ? (this.says.lost ?? "") : "");
  }

  private tell(words: string): void {
    const where = element("chat-line");
    where.textContent = words;
    where.hidden = !words;
  }

  private remark(said = ""): void {
    const where = element("chat-remark");
    where.textContent = said;
    where.hidden = !said;
  }

  private theyType(on: boolean): void {
    window.clearTimeout(this.typingTimer);
    if (!this.over) this.tell(on ? (this.says.typing ?? "") : "");
    if (on) this.typingTimer = window.setTimeout(() => this.theyType(false), TYPING_MS);
  }

  private mendHoles(): void {
    if (!this.log.isMissing(Date.now())) return;
    this.log.asked(Date.now());
    this.line.resume(this.stream);
  }

  /** What is on a screen that is looked at counts as read. */
  private readAll(): void {
    if (!document.hidden && this.log.last) this.line.send({ t: "read", s: this.stream, up_to: this.log.last });
  }

  private draw(): void {
    const list = element("chat-log");
    const low = list.scrollHeight - list.scrollTop - list.clientHeight < 80;
    const entries = this.log.entries.filter((entry) => entry.kind === "text" || isEnclosed(entry.kind));
    const known = new Set(this.log.entries.map((entry) => entry.cid));
    const waiting = (this.outbox?.of(this.stream) ?? []).filter((item) => !known.has(item.cid));
    if (entries.some((entry) => entry.from !== (this.says.opener || entry.from))) this.answered();
    const seen = entries.filter((entry) => entry.from === this.says.seat && entry.seq <= this.theirs).at(-1);
    arrange(list, [...entries.map((entry) => this.sent(entry, entry === seen)), ...waiting.map((item) => this.unsent(item))]);
    element("chat-empty").hidden = entries.length + waiting.length > 0;
    if (low) list.scrollTop = list.scrollHeight;
  }

  /** Where one wrote first, the other's first words open the conversation for both. */
  private answered(): void {
    if (this.isAnswered) return;
    this.isAnswered = true;
    document.getElementById("chat-first")?.remove();
    element("chat-more").hidden = false;
    if (!this.over) element("chat-foot").hidden = false;
  }

  private sent(entry: Entry, seen: boolean): Shown {
    const mine = entry.from === this.says.seat;
    const time = new Date(entry.at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    const lasts = entry.kind === VOICE ? `${clock(Number(entry.body.seconds))} · ` : "";
    const below = `${lasts}${time}${seen ? ` · ${this.says.read ?? ""}` : ""}`;
    const hidden = this.isBlurred && !mine && entry.kind === PICTURE;
    return { key: `${entry.seq}${hidden ? " blurred" : ""}`, below, made: () => this.bubbleOf(entry, mine, hidden) };
  }

  private bubbleOf(entry: Entry, mine: boolean, hidden: boolean): HTMLElement {
    if (isEnclosed(entry.kind)) return bubble(this.enclosed(entry, mine, hidden), mine);
    const made = bubble(words(String(entry.body.text ?? "")), mine);
    if (!mine) for (const said of this.warnings(entry)) made.append(warning(said));
    return made;
  }

  private enclosed(entry: Entry, mine: boolean, hidden: boolean): HTMLElement {
    const source = this.sourceOf(entry.body);
    if (entry.kind === VOICE) return sound(source, (mine ? this.says.myvoice : this.says.theirvoice) ?? "");
    if (hidden) return blurred(source, this.says.tapped ?? "", entry.body, () => void this.unblur(source));
    return picture(source, (mine ? this.says.mypicture : this.says.theirpicture) ?? "", entry.body);
  }

  private sourceOf(body: Record<string, unknown>): string {
    return `${this.says.enclose ?? ""}${encodeURIComponent(String(body.file))}/`;
  }

  /** The reader wants to see it. If that cannot be noted now, they are asked once more on the next visit. */
  private async unblur(source: string): Promise<void> {
    this.isBlurred = false;
    this.draw();
    await post(`${source}show/`).catch(() => null);
  }

  /** What the server noticed in it, in words for whoever reads it. */
  private warnings(entry: Entry): string[] {
    const marks = Array.isArray(entry.body.marks) ? entry.body.marks : [];
    return marks.map((mark) => this.readerWords[String(mark)]).filter((words) => words !== undefined);
  }

  private unsent(item: Item): Shown {
    const below = (item.refused ? item.refused.detail : this.says.waiting) ?? "";
    const key = `${item.cid} ${item.refused?.code ?? ""}${item.file ? " file" : ""}`;
    return { key, below, made: () => this.draft(item) };
  }

  private draft(item: Item): HTMLElement {
    const made = bubble(this.drafted(item), true);
    made.classList.add("is-unsent");
    if (!item.refused) return made;
    made.querySelector(".chat-below")?.setAttribute("role", "alert");
    if (item.refused.code === "think_again") return this.thinkAgain(made, item);
    const again = button(this.says.again ?? "", () => this.outbox?.retry(item.cid));
    made.append(again, button(this.says.remove ?? "", () => this.forget(item)));
    return made;
  }

  private drafted(item: Item): HTMLElement {
    if (item.kind === VOICE) return words(this.says.myvoice ?? "");
    if (item.kind !== PICTURE) return words(String(item.body.text ?? ""));
    const alt = this.says.mypicture ?? "";
    return item.file ? ownPicture(item.file, alt) : picture(this.sourceOf(item.body), alt, item.body);
  }

  /** Something in it had better wait: its writer sends it all the same, or takes it back into the field. */
  private thinkAgain(made: HTMLElement, item: Item): HTMLElement {
    const sure = button(this.says.sure ?? "", () => this.sendSure(item));
    const change = button(this.says.change ?? "", () => this.takeBack(item));
    change.classList.add("btn-primary");
    made.append(change, sure);
    return made;
  }

  private sendSure(item: Item): void {
    this.forget(item);
    const body = { text: item.body.text, sure: true };
    void this.outbox?.add({ cid: newCid(), s: this.stream, kind: "text", body, audience: "all" });
  }

  private takeBack(item: Item): void {
    this.forget(item);
    const text = element<HTMLTextAreaElement>("chat-text");
    text.value = [String(item.body.text ?? ""), text.value].filter(Boolean).join("\n");
    grow(text);
    text.focus();
  }

  private forget(item: Item): void {
    if (!item.refused) this.outbox?.nacked(item.cid, { code: "closed", detail: this.says.over ?? "" });
    this.outbox?.discard(item.cid);
  }
}

function dial(): Socket {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  return new WebSocket(`${scheme}://${location.host}/rt/v1/socket`) as Socket;
}

function grow(text: HTMLTextAreaElement): void {
  text.style.height = "auto";
  text.style.height = `${Math.min(text.scrollHeight, 140)}px`;
}
