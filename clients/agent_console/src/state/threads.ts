/** What is said in each conversation that this console follows. */
import { signal, type Signal } from "@preact/signals";
import { Log } from "../protocol/log.ts";
import type { Entry, LogFrame } from "../protocol/wire.ts";

const TYPING_MS = 6000;
const KEPT_AT_RESTART = 500;

export class Thread {
  readonly id: string;
  readonly s: string;
  log = new Log();
  readonly entries: Signal<readonly Entry[]> = signal([]);
  /** The backlog is here: from now on entries are news. */
  readonly live = signal(false);
  readonly typing: Signal<ReadonlySet<string>> = signal(new Set());
  readonly present: Signal<ReadonlySet<string>> = signal(new Set());
  readonly reads: Signal<Readonly<Record<string, number>>> = signal({});
  /** Acknowledged by the server and not yet back in the log. */
  readonly acked: Signal<ReadonlyMap<string, { seq: number; at: string; said: Omit<Entry, "seq" | "at"> }>> = signal(new Map());
  private timers = new Map<string, number>();

  constructor(id: string, s: string) {
    this.id = id;
    this.s = s;
  }

  take(frame: LogFrame, now: number): void {
    if (this.log.take(frame, now) !== "applied") return;
    if (frame.t === "msg") this.setTyping(frame.from, false);
    // A long backlog is drawn once, at its end.
    if (this.live.peek()) this.publish();
  }

  becomeLive(head: number, now: number): void {
    this.log.hear(head, now);
    this.live.value = true;
    this.publish();
  }

  /** The server cannot go on from where we are: afresh, with what was said last. */
  restart(head: number): void {
    this.log = new Log(Math.max(0, head - KEPT_AT_RESTART));
    this.live.value = false;
  }

  setTyping(seat: string, on: boolean): void {
    clearTimeout(this.timers.get(seat));
    const seats = new Set(this.typing.peek());
    if (on ? seats.has(seat) : !seats.has(seat)) return on ? this.expire(seat) : undefined;
    if (on) seats.add(seat);
    else seats.delete(seat);
    this.typing.value = seats;
    if (on) this.expire(seat);
  }

  setPresent(seat: string, on: boolean): void {
    const seats = new Set(this.present.peek());
    if (on) seats.add(seat);
    else seats.delete(seat);
    this.present.value = seats;
    if (!on) this.setTyping(seat, false);
  }

  setRead(seat: string, upTo: number): void {
    const reads = this.reads.peek();
    if (upTo > (reads[seat] ?? 0)) this.reads.value = { ...reads, [seat]: upTo };
  }

  private publish(): void {
    this.entries.value = this.log.entries;
    const waiting = [...this.acked.peek()].filter(([, one]) => one.seq > this.log.last);
    if (waiting.length !== this.acked.peek().size) this.acked.value = new Map(waiting);
  }

  /** A "stopped typing" may be lost. */
  private expire(seat: string): void {
    this.timers.set(seat, window.setTimeout(() => this.setTyping(seat, false), TYPING_MS));
  }
}

const threads = new Map<string, Thread>();

export function threadOf(id: string, s: string): Thread {
  const found = threads.get(id);
  if (found) return found;
  const made = new Thread(id, s);
  threads.set(id, made);
  return made;
}

export function threadOfStream(s: string): Thread | undefined {
  for (const thread of threads.values()) if (thread.s === s) return thread;
  return undefined;
}

export function allThreads(): Thread[] {
  return [...threads.values()];
}
