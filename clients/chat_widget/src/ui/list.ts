import type { Chat } from "../chat.ts";
import { type Message, VISITOR } from "../model.ts";
import type { Texts } from "../texts.ts";
import { fill, h, sign } from "./dom.ts";
import { withLinks } from "./links.ts";

const CLOSE_TO_END = 80;

interface Shown {
  message: Message;
  whole: HTMLElement;
  body: HTMLElement;
  foot: HTMLElement;
}

/** The messages in their order; those on their way stand at the end. */
export class List {
  readonly whole: HTMLElement;
  readonly #messages = h("div", { class: "messages" });
  readonly #typing = h("p", { class: "typing", "aria-hidden": "true", hidden: true }, h("i"), h("i"), h("i"));
  readonly #shown = new Map<string, Shown>();
  readonly #chat: Chat;
  readonly #texts: Texts;

  constructor(chat: Chat, texts: Texts, intro: HTMLElement) {
    this.#chat = chat;
    this.#texts = texts;
    const props = { class: "log", role: "log", tabindex: 0, "aria-label": texts.say("log"), "aria-live": "polite" };
    this.whole = h("div", props, intro, this.#messages, this.#typing);
  }

  clear(): void {
    this.#shown.clear();
    fill(this.#messages);
  }

  put(message: Message): void {
    const stays = this.#atEnd() || message.from === VISITOR;
    const known = this.#shown.get(message.cid);
    if (known) this.#change(known, message);
    else this.#add(message);
    if (stays) this.toEnd();
  }

  /** Typing and reading as they are now. */
  refresh(): void {
    const stays = this.#atEnd();
    this.#typing.hidden = !this.#chat.typing;
    for (const each of this.#shown.values()) this.#foot(each);
    if (stays) this.toEnd();
  }

  toEnd(): void {
    this.whole.scrollTop = this.whole.scrollHeight;
  }

  #atEnd(): boolean {
    return this.whole.scrollHeight - this.whole.scrollTop - this.whole.clientHeight < CLOSE_TO_END;
  }

  #add(message: Message): void {
    const system = message.kind === "system";
    const side = system ? "system" : message.from === VISITOR ? "mine" : "theirs";
    const body = h("div", { class: "bubble", dir: "auto" });
    const foot = h("div", { class: "foot" });
    const who = h("span", { class: "unseen" }, system ? "" : `${this.#who(message)}: `);
    const shown = { message, body, foot, whole: h("div", { class: `message ${side}` }, who, body, foot) };
    this.#shown.set(message.cid, shown);
    this.#draw(shown);
    this.#place(shown);
  }

  #change(shown: Shown, message: Message): void {
    const redraw = message.state === "erased" || (message.kind === "text" && message.body !== shown.message.body);
    const moved = message.seq !== shown.message.seq;
    shown.message = message;
    if (redraw) this.#draw(shown);
    else this.#foot(shown);
    if (moved) this.#place(shown);
  }

  /** Behind the last message with a smaller number; nothing that is in its place is touched. */
  #place(shown: Shown): void {
    const order = (each: Shown): number => each.message.seq || Infinity;
    let next: Shown | undefined;
    for (const each of this.#shown.values()) {
      if (order(each) > order(shown) && (!next || order(each) < order(next))) next = each;
    }
    const before = next?.whole ?? null;
    if (shown.whole.parentNode === null || shown.whole.nextSibling !== before) this.#messages.insertBefore(shown.whole, before);
  }

  #draw(shown: Shown): void {
    const { message, body } = shown;
    if (message.state === "erased") fill(body, h("em", {}, this.#texts.say("erased")));
    else if (message.kind === "picture") this.#picture(shown);
    else if (message.kind === "system") fill(body, this.#system(message.body));
    else fill(body, ...withLinks(String(message.body.text ?? ""), message.body.links, this.#texts));
    this.#foot(shown);
  }

  #system(body: Record<string, unknown>): string {
    const code = `system_${String(body.code)}`;
    const why = `${code}_${String(body.why)}`;
    const key = this.#texts.has(why) ? why : code;
    const given = { name: String(body.name ?? ""), merchant: this.#chat.config.merchant };
    return this.#texts.has(key) ? this.#texts.say(key, given) : String(body.text ?? "");
  }

  #picture(shown: Shown): void {
    const { file, name, width, height, alt } = shown.message.body;
    const said = String(alt || this.#texts.say("picture_from", { name: String(name ?? "") }));
    const image = h("img", { alt: said, width: Number(width) || 240, height: Number(height) || 180 });
    const link = h("a", { target: "_blank", rel: "noopener", title: this.#texts.say("picture_open") }, image);
    fill(shown.body, link);
    this.#chat.picture(String(file)).then(
      (bytes) => {
        image.src = link.href = URL.createObjectURL(bytes);
      },
      () => fill(shown.body, h("em", {}, this.#texts.say("picture_lost"))),
    );
  }

  #foot(shown: Shown): void {
    const { message, foot } = shown;
    if (message.kind === "system") return;
    const time = this.#texts.time(message.at);
    const state = message.from === VISITOR && message.state !== "erased" ? this.#state(message) : "";
    const marked = `${state} ${time}`;
    if (foot.dataset.marked === marked) return;
    foot.dataset.marked = marked;
    if (state === "refused") return this.#refused(shown);
    const shape = { sending: "\u2026 ", sent: "\u2713 ", read: "\u2713\u2713 ", "": "" }[state];
    fill(foot, h("time", {}, time), state && h("span", { class: "state" }, sign(shape), this.#texts.say(state)));
  }

  #state(message: Message): "sending" | "sent" | "read" | "refused" {
    if (message.state === "refused") return "refused";
    if (message.state === "sending") return "sending";
    return message.seq > 0 && message.seq <= this.#chat.readUpTo ? "read" : "sent";
  }

  #refused(shown: Shown): void {
    const { cid, why } = shown.message;
    const words = h("span", { class: "state bad" }, sign("! "), `${this.#texts.say("refused")}. ${why ?? ""}`);
    const again = h("button", { class: "link", type: "button", onclick: () => this.#chat.again(cid) }, this.#texts.say("again"));
    fill(shown.foot, words, again);
  }

  #who(message: Message): string {
    if (message.from === VISITOR) return this.#texts.say("you");
    return this.#chat.agent?.name || this.#chat.config.merchant || this.#texts.say("agent");
  }
}
