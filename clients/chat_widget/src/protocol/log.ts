import type { Pace } from "./pace.ts";

/** One line of the protocol, as docs/messaging.md lists them. */
export interface Frame {
  t: string;
  seq?: number;
  head?: number;
  cid?: string;
  from?: string;
  kind?: string;
  body?: Record<string, unknown>;
  at?: string;
  seat?: string;
  on?: boolean;
  up_to?: number;
  code?: string;
}

/** Puts what arrives in order: applies only the next number, keeps later ones, asks again where a hole stays. */
export class Log {
  last = 0;
  readonly #held = new Map<number, Frame>();
  #known = 0;
  #stopped = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #apply: (frame: Frame) => void;
  readonly #ask: (after: number) => void;
  readonly #pace: Pace;

  constructor(apply: (frame: Frame) => void, ask: (after: number) => void, pace: Pace) {
    this.#apply = apply;
    this.#ask = ask;
    this.#pace = pace;
  }

  /** A numbered frame: msg, gap or erased. An erasure of something already shown is applied at once. */
  take(frame: Frame): void {
    const seq = frame.seq ?? 0;
    if (seq <= this.last) {
      if (frame.t === "erased") this.#apply(frame);
      return;
    }
    this.#held.set(seq, frame);
    this.#drain();
    this.#watch();
  }

  /** The server told how far the log goes; what is missing by then is a hole too. */
  seen(head: number): void {
    this.#known = Math.max(this.#known, head);
    this.#watch();
  }

  /** Forget everything, for a server that says "reset". */
  reset(): void {
    this.#rest();
    this.#held.clear();
    this.last = this.#known = 0;
  }

  /** Nothing is asked any more, whatever still arrives. */
  stop(): void {
    this.#stopped = true;
    this.#rest();
  }

  #drain(): void {
    for (let next = this.#held.get(this.last + 1); next; next = this.#held.get(this.last + 1)) {
      this.last += 1;
      this.#held.delete(this.last);
      this.#apply(next);
    }
  }

  #watch(): void {
    const whole = this.#stopped || (this.#held.size === 0 && this.last >= this.#known);
    if (whole) this.#rest();
    else this.#timer ??= setTimeout(() => this.#missing(), this.#pace.hole);
  }

  #rest(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #missing(): void {
    this.#timer = undefined;
    this.#ask(this.last);
    this.#watch();
  }
}
