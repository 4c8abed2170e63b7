import type { Config } from "./config.ts";
import type { Keeper, Kept } from "./kept.ts";
import type { Listing, Page } from "./messages.ts";
import { type Agent, type Heard, type Message, type Opened, type Standing, VISITOR } from "./model.ts";
import { Connection } from "./protocol/connection.ts";
import { ask, bearer, type Fetcher, Problem, reach } from "./protocol/http.ts";
import { newId } from "./protocol/ids.ts";
import { type Frame, Log } from "./protocol/log.ts";
import { type Item, Outbox } from "./protocol/outbox.ts";
import { PACE, type Pace } from "./protocol/pace.ts";

/** One visitor's conversation with one Client: everything that needs no screen. */
export class Chat {
  standing: Standing = "fresh";
  agent: Agent | undefined;
  connected = true;
  typing = false;
  /** the last number that an agent has read */
  readUpTo = 0;
  page: Page = { url: "", title: "", referrer: "" };
  listing: Listing | null = null;
  readonly messages = new Map<string, Message>();
  readonly #outbox: Outbox;
  readonly #log: Log;
  #connection: Connection | undefined;
  #typed = 0;
  #reported = 0;
  #typingEnds: ReturnType<typeof setTimeout> | undefined;
  readonly config: Config;
  readonly keeper: Keeper;
  readonly #heard: Heard;
  readonly #base: string;
  readonly #fetcher: Fetcher;
  readonly #pace: Pace;

  constructor(config: Config, keeper: Keeper, heard: Heard, base: string, fetcher: Fetcher, pace: Pace = PACE) {
    this.config = config;
    this.keeper = keeper;
    this.#heard = heard;
    this.#base = base;
    this.#fetcher = fetcher;
    this.#pace = pace;
    this.#log = new Log((frame) => this.#apply(frame), () => this.#fill(), pace);
    const ways = {
      send: (item: Item, within: number) => this.#deliver(item, within),
      save: (items: Item[]) => keeper.set({ outbox: items }),
      changed: (item: Item) => this.#outgoing(item),
    };
    this.#outbox = new Outbox(keeper.kept.outbox ?? [], ways, pace);
  }

  get token(): string | undefined {
    return this.keeper.kept.token;
  }

  get last(): number {
    return this.#log.last;
  }

  /** Go on where this tab left off. */
  begin(): void {
    const { token, stream } = this.keeper.kept;
    for (const item of this.#outbox.items) this.#outgoing(item);
    if (token && stream) {
      this.standing = "waiting";
      this.#connect(stream, token);
      void this.#learn();
    }
    void this.#outbox.run();
  }

  say(kind: "text" | "picture", body: Record<string, unknown>): void {
    this.#outbox.add({ cid: newId(), kind, body });
    this.#typed = 0;
  }

  again(cid: string): void {
    this.#outbox.again(cid);
  }

  /** A picture's bytes. Raises Problem. */
  async picture(file: string): Promise<Blob> {
    const answer = await reach(this.#fetcher, `${this.#base}file/${file}`, { headers: bearer(this.token) });
    return answer.blob();
  }

  /** Tell the other side, at most every three seconds, that something is being written. */
  type(on: boolean): void {
    const now = Date.now();
    if (on ? now - this.#typed < 3000 : this.#typed === 0) return;
    this.#typed = on ? now : 0;
    this.#tell("typing", { on });
  }

  /** Everything shown has been seen. */
  read(): void {
    if (this.#log.last <= this.#reported) return;
    this.#reported = this.#log.last;
    this.#tell("read", { up_to: this.#log.last });
  }

  /** One of this placement's own addresses. Raises Problem. */
  request<T>(verb: string, body: unknown, within?: number): Promise<T> {
    return ask<T>(this.#fetcher, this.#base + verb, { token: this.token, body, ...(within && { within }) });
  }

  /** What the visitor looks at, for the first words to be understood. */
  context(): object {
    return { m: this.config.m, page: this.page, listing: this.listing };
  }

  /** The network is back or the page woke up: no reason to wait any longer. */
  nudge(): void {
    this.#outbox.nudge();
    this.#connection?.nudge();
  }

  /** The page goes away, or a test ends: nothing more is sent or asked. */
  leave(): void {
    this.#outbox.stop();
    this.#log.stop();
    this.#connection?.stop();
    clearTimeout(this.#typingEnds);
  }

  /** Leave this conversation, so that the next message begins a new one; words that were not taken become its draft. */
  renew(): void {
    const left = this.#outbox.items.filter((each) => each.kind === "text");
    const draft = left.map((each) => String(each.body.text)).join("\n");
    this.#outbox.items.length = 0;
    this.#forget({ ...(draft && { draft }) });
  }

  /** The server does not know the conversation any more: what it has not taken begins another one. */
  #gone(): void {
    const left = this.#outbox.items.filter((each) => each.kind === "text" && each.refused === undefined);
    this.#outbox.items.splice(0, Infinity, ...left);
    this.#forget({ outbox: left });
    for (const item of left) this.#outgoing(item);
    void this.#outbox.run();
  }

  #forget(kept: Kept): void {
    this.#connection?.stop();
    this.#connection = undefined;
    this.#log.reset();
    const { token, details } = this.keeper.kept;
    this.keeper.kept = {};
    this.keeper.set({ ...kept, ...(token && { known: token }), ...(details && { details }) });
    this.messages.clear();
    this.agent = undefined;
    this.connected = true;
    this.readUpTo = this.#reported = 0;
    this.stand("fresh");
    this.#heard.cleared();
  }

  async #deliver(item: Item, within: number): Promise<void> {
    const { token, stream } = this.keeper.kept;
    if (!token || !stream) return this.#start(item, within);
    const body = { s: stream, cid: item.cid, kind: item.kind, body: item.body };
    const ack = await ask<Frame>(this.#fetcher, "/rt/v1/send", { token, body, within }).catch((error: Problem) => {
      if (error.status !== 401 && error.status !== 404) throw error;
      if (token === this.token) this.#gone();
      throw new Problem(0);
    });
    this.#acknowledged(item.cid, ack);
  }

  async #start(item: Item, within: number): Promise<void> {
    const { details, known } = this.keeper.kept;
    const body = { ...this.context(), ...details, known, cid: item.cid, text: item.body.text };
    const told = await this.request<Opened>("start", body, within).catch((error: Problem) => {
      // A copy of this tab has begun it with these very words and goes on with it.
      if (error.code !== "started_already") throw error;
    });
    if (!told) return this.#acknowledged(item.cid);
    this.keeper.set({ token: told.token, stream: told.s });
    this.#acknowledged(item.cid);
    this.#meet(told);
    this.#connect(told.s, told.token);
  }

  #connect(stream: string, token: string): void {
    this.#connection = new Connection({
      fetcher: this.#fetcher,
      stream,
      token,
      pace: this.#pace,
      after: () => this.#log.last,
      frame: (frame) => this.#hear(frame),
      up: (up) => this.#up(up),
      gone: () => this.#gone(),
    });
    void this.#connection.run();
  }

  /** Who answers and how far it is, after a reload or when an agent came in. */
  async #learn(): Promise<void> {
    try {
      this.#meet(await this.request<Opened>("resume", { token: this.token }));
    } catch (error) {
      // Whether the token still holds is for the stream to find out; names and pictures can wait.
      if (!(error instanceof Problem)) throw error;
    }
  }

  #meet(told: Opened): void {
    if (told.agent) this.agent = told.agent;
    const named: Record<string, Standing> = { hand_over: "mail", closed: "closed", active: "active" };
    this.stand(named[told.state ?? ""] ?? (told.agent ? "active" : "waiting"));
  }

  #fill(): void {
    this.#connection?.catchUp().catch(() => undefined);
  }

  #hear(frame: Frame): void {
    if (frame.t === "msg" || frame.t === "gap" || frame.t === "erased") this.#log.take(frame);
    else if (frame.t === "live" || frame.t === "head") this.#log.seen(frame.head ?? frame.seq ?? 0);
    else if (frame.t === "reset") this.#again();
    else this.#passing(frame);
  }

  /** What is not kept in the log: who types, who has read how far. */
  #passing(frame: Frame): void {
    if (!frame.seat || frame.seat === VISITOR) return;
    if (frame.t === "typing") this.#types(frame.on === true);
    if (frame.t === "read") this.readUpTo = Math.max(this.readUpTo, frame.up_to ?? 0);
    this.#heard.state();
  }

  /** Nobody types for ever: the word that they stopped may be lost. */
  #types(on: boolean): void {
    this.typing = on;
    clearTimeout(this.#typingEnds);
    if (!on) return;
    this.#typingEnds = setTimeout(() => {
      this.typing = false;
      this.#heard.state();
    }, 8000);
  }

  #again(): void {
    this.#log.reset();
    this.#fill();
  }

  #apply(frame: Frame): void {
    if (frame.t === "erased") this.#erase(frame.seq ?? 0);
    if (frame.t !== "msg" || !frame.cid) return;
    const from = frame.from ?? "system";
    if (from === VISITOR) this.#outbox.settled(frame.cid);
    else this.#types(false);
    if (frame.kind === "system") this.#notice(frame.body ?? {});
    this.#put({
      cid: frame.cid,
      seq: frame.seq ?? 0,
      from,
      kind: frame.kind ?? "",
      body: frame.body ?? {},
      at: frame.at,
      state: "sent",
    });
  }

  #notice(body: Record<string, unknown>): void {
    const code = String(body.code ?? "");
    if (code === "joined" || code === "forwarded") {
      this.agent = { name: String(body.name ?? ""), picture: (body.picture as string | undefined) ?? null };
      void this.#learn();
    }
    const standings: Record<string, Standing> = {
      joined: "active",
      reopened: "waiting",
      handed_to_mail: "mail",
      offline: "mail",
      closed: "closed",
    };
    if (standings[code]) this.stand(standings[code]);
  }

  #erase(seq: number): void {
    for (const message of this.messages.values()) {
      if (message.seq === seq) this.#put({ ...message, body: {}, state: "erased" });
    }
  }

  #outgoing(item: Item): void {
    const known = this.messages.get(item.cid);
    if (known?.state === "sent") return;
    const state = item.refused === undefined ? "sending" : "refused";
    const { cid, kind, body } = item;
    const why = item.refused === undefined ? {} : { why: item.refused };
    this.#put({ cid, seq: 0, from: VISITOR, kind, body, at: known?.at ?? new Date().toISOString(), state, ...why });
  }

  #acknowledged(cid: string, ack?: Frame): void {
    const known = this.messages.get(cid);
    if (known && known.state !== "sent") this.#put({ ...known, seq: ack?.seq ?? 0, at: ack?.at ?? known.at, state: "sent" });
  }

  #put(message: Message): void {
    this.messages.set(message.cid, message);
    this.#heard.message(message);
  }

  stand(standing: Standing): void {
    this.standing = standing;
    this.#heard.state();
  }

  #up(up: boolean): void {
    this.connected = up;
    if (up) this.#outbox.nudge();
    this.#heard.state();
  }

  #tell(verb: "typing" | "read", given: Record<string, unknown>): void {
    const { token, stream } = this.keeper.kept;
    if (!token || !stream) return;
    // Lost words of this kind are made good by the next ones.
    ask(this.#fetcher, `/rt/v1/${verb}`, { token, body: { s: stream, ...given } }).catch(() => undefined);
  }
}
