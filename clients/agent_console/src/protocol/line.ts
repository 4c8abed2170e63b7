import { waitMs } from "./backoff.ts";
import { readFrame, type ClientFrame, type ServerFrame } from "./wire.ts";
import type { Timers } from "./outbox.ts";

/** What of a WebSocket is used here. */
export interface Socket {
  readyState: number;
  send(text: string): void;
  close(code?: number): void;
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
}

export type LineState = "connecting" | "open" | "waiting" | "refused" | "stopped";

export interface LineWays {
  dial: () => Socket;
  timers: Timers;
  frame: (frame: ServerFrame) => void;
  changed: (state: LineState) => void;
  random?: () => number;
}

const OPEN = 1;
const UNAUTHORISED = 4001;
/** The server says something every 20 s on each stream; a line that is silent for longer is asked, then given up. */
const ASK_MS = 25_000;
const DEAD_MS = 10_000;

/** One WebSocket with many subscriptions. It comes back by itself and then asks for what was missed. */
export class Line {
  state: LineState = "stopped";
  /** When the next try is due, in milliseconds. */
  retryAt = 0;
  private after = new Map<string, () => number>();
  private socket: Socket | null = null;
  private failures = 0;
  /** For how long a server that stops asks us to stay away, in milliseconds. */
  private wish: number | null = null;
  private timer = 0;
  private ways: LineWays;

  constructor(ways: LineWays) {
    this.ways = ways;
  }

  start(): void {
    if (this.state === "stopped" || this.state === "refused") this.dial();
  }

  stop(): void {
    this.become("stopped");
    this.drop();
  }

  /** Tries at once, as when the network is back or the person asks. */
  now(): void {
    if (this.state !== "waiting") return;
    this.failures = 0;
    this.dial();
  }

  /** Is the other end still there? Asked when a sleeping page wakes. */
  probe(): void {
    if (this.state === "open") this.ask();
    else this.now();
  }

  /** Follows a stream; `after` tells the last number held whenever the server needs to know. */
  follow(s: string, after: () => number): void {
    this.after.set(s, after);
    this.send({ t: "sub", s, after: after() });
  }

  leave(s: string): void {
    if (this.after.delete(s)) this.send({ t: "unsub", s });
  }

  follows(s: string): boolean {
    return this.after.has(s);
  }

  /** Asks again from the last number held: a hole has lasted too long. */
  resume(s: string): void {
    const after = this.after.get(s);
    if (after) this.send({ t: "sub", s, after: after() });
  }

  send(frame: ClientFrame): boolean {
    if (this.state !== "open" || this.socket?.readyState !== OPEN) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  private dial(): void {
    this.drop();
    this.become("connecting");
    const socket = this.ways.dial();
    this.socket = socket;
    socket.onopen = () => this.opened(socket);
    socket.onmessage = (event) => this.heard(socket, event.data);
    socket.onclose = (event) => this.closed(socket, event.code);
  }

  private opened(socket: Socket): void {
    if (socket !== this.socket) return;
    this.state = "open";
    this.send({ t: "hello" });
    for (const [s, after] of this.after) this.send({ t: "sub", s, after: after() });
    this.listen();
    this.ways.changed("open");
  }

  private heard(socket: Socket, data: unknown): void {
    if (socket !== this.socket || typeof data !== "string") return;
    this.listen();
    const frame = readFrame(data);
    if (!frame) return;
    // A server that takes us in and answers is a good one; only then the next failure counts from one again.
    if (frame.t === "bye") this.wish = frame.wait ?? null;
    else this.failures = 0;
    this.ways.frame(frame);
  }

  private closed(socket: Socket, code: number): void {
    if (socket !== this.socket) return;
    this.socket = null;
    this.ways.timers.cancel(this.timer);
    if (code === UNAUTHORISED) return this.become("refused");
    this.failures += 1;
    const wait = this.wish ?? waitMs(this.failures, 0, this.ways.random);
    this.wish = null;
    this.retryAt = this.ways.timers.now() + wait;
    this.timer = this.ways.timers.after(wait, () => this.dial());
    this.become("waiting");
  }

  private listen(): void {
    this.ways.timers.cancel(this.timer);
    this.timer = this.ways.timers.after(ASK_MS, () => this.ask());
  }

  private ask(): void {
    this.ways.timers.cancel(this.timer);
    const socket = this.socket;
    this.send({ t: "ping" });
    this.timer = this.ways.timers.after(DEAD_MS, () => socket && this.giveUp(socket));
  }

  /** Closing a dead connection may take the browser minutes: go on without waiting for it. */
  private giveUp(socket: Socket): void {
    socket.onmessage = socket.onclose = null;
    socket.close();
    this.closed(socket, 1006);
  }

  private drop(): void {
    this.ways.timers.cancel(this.timer);
    const socket = this.socket;
    this.socket = null;
    socket?.close();
  }

  private become(state: LineState): void {
    this.state = state;
    this.ways.changed(state);
  }
}
