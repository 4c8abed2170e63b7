import type { Entry, LogFrame } from "./wire.ts";

export type Outcome = "applied" | "held" | "known";

/** Milliseconds that a hole may last before it is asked for. */
export const PATIENCE_MS = 1000;

/**
 * One stream as this client has it: everything up to `last` without a hole, and what came too early held beside it.
 *
 * Each number is applied once and in order, whatever the network does: doubled frames are known, early ones wait.
 */
export class Log {
  /** What may be shown, in order. Entries that are not for this seat have numbers, too, but are not in here. */
  entries: readonly Entry[] = [];
  /** The last number without a hole before it. */
  last: number;
  /** The highest number that is known to exist. */
  head: number;
  private early = new Map<number, LogFrame>();
  private holeSince: number | null = null;

  constructor(after = 0) {
    this.last = after;
    this.head = after;
  }

  /** Takes a frame at a moment (milliseconds). */
  take(frame: LogFrame, now: number): Outcome {
    if (frame.t === "erased" && frame.seq <= this.last) return this.wipe(frame.seq);
    if (frame.seq <= this.last || this.early.has(frame.seq)) return "known";
    this.hear(frame.seq, now);
    if (frame.seq > this.last + 1) {
      this.early.set(frame.seq, frame);
      return "held";
    }
    this.apply(frame);
    this.catchUp(now);
    return "applied";
  }

  /** The server says how far the stream goes. */
  hear(head: number, now: number): void {
    if (head > this.head) this.head = head;
    if (this.head > this.last && this.holeSince === null) this.holeSince = now;
  }

  /** Whether something before `head` is missing for longer than patience allows. */
  isMissing(now: number): boolean {
    return this.holeSince !== null && now - this.holeSince >= PATIENCE_MS;
  }

  /** The hole was asked for: wait again before asking once more. */
  asked(now: number): void {
    if (this.holeSince !== null) this.holeSince = now;
  }

  get hasHole(): boolean {
    return this.head > this.last;
  }

  /** Hands out what may be shown and keeps none of it: for logs that are acted on rather than shown. */
  drain(): readonly Entry[] {
    const { entries } = this;
    this.entries = [];
    return entries;
  }

  private catchUp(now: number): void {
    for (let next = this.early.get(this.last + 1); next; next = this.early.get(this.last + 1)) {
      this.early.delete(next.seq);
      this.apply(next);
    }
    // What fills a hole shows that the rest is under way.
    this.holeSince = this.hasHole ? now : null;
  }

  private apply(frame: LogFrame): void {
    this.last = frame.seq;
    if (frame.t === "gap") return;
    this.entries = [...this.entries, frame.t === "msg" ? entryOf(frame) : tombstone(frame.seq)];
  }

  private wipe(seq: number): Outcome {
    const at = this.entries.findIndex((entry) => entry.seq === seq);
    const found = this.entries[at];
    if (!found || found.kind === "erased") return "known";
    this.entries = this.entries.with(at, { ...found, kind: "erased", body: {} });
    return "applied";
  }
}

function entryOf({ seq, cid, from, kind, body, audience, at }: Entry): Entry {
  return { seq, cid, from, kind, body, audience, at };
}

function tombstone(seq: number): Entry {
  return { seq, cid: "", from: "", kind: "erased", body: {}, audience: "all", at: "" };
}
