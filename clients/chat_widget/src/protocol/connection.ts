import { EventReader } from "./events.ts";
import { ask, bearer, type Fetcher, Problem, reach } from "./http.ts";
import type { Frame } from "./log.ts";
import { pause, type Pace } from "./pace.ts";

const STREAMS_TRIED = 2;
const POLLS_BEFORE_A_STREAM = 20;
const POLL_SECONDS = 25;

export interface Line {
  fetcher: Fetcher;
  stream: string;
  token: string;
  pace: Pace;
  /** the last number that was applied */
  after: () => number;
  frame: (frame: Frame) => void;
  /** whether what the server says arrives now */
  up: (up: boolean) => void;
  /** the server knows this token no more */
  gone: () => void;
}

/** Keeps one conversation's stream open: server-sent events by fetch, and long polling where those do not come through. */
export class Connection {
  readonly #line: Line;
  #stopped = false;
  #tries = 0;
  #silent = 0;
  #polls = 0;
  #heardAt = Date.now();
  #wake: (() => void) | undefined;
  #abort: AbortController | undefined;

  constructor(line: Line) {
    this.#line = line;
  }

  async run(): Promise<void> {
    while (!this.#stopped) {
      const problem = await this.#once();
      if (this.#stopped) return;
      if (problem && [401, 403, 404].includes(problem.status)) return this.#line.gone();
      this.#line.up(false);
      this.#tries += 1;
      await this.#rest(pause(this.#tries, this.#line.pace, problem?.retryAfter));
    }
  }

  /** Try at once: the network came back, or the page was woken. */
  nudge(): void {
    this.#tries = 0;
    this.#wake?.();
    if (Date.now() - this.#heardAt > this.#line.pace.silence / 2) this.#abort?.abort();
  }

  stop(): void {
    this.#stopped = true;
    this.#abort?.abort();
    this.#wake?.();
  }

  /** Everything behind `after`, once: how a hole is filled. Raises Problem. */
  async catchUp(wait = 0, signal?: AbortSignal): Promise<void> {
    const { fetcher, stream, token, after } = this.#line;
    const address = `/rt/v1/poll?s=${stream}&after=${after()}&wait=${wait}`;
    const asking = { token, within: wait * 1000 + this.#line.pace.begin, ...(signal && { signal }) };
    const told = await ask<{ entries: Frame[]; head: number }>(fetcher, address, asking);
    for (const frame of told.entries) this.#line.frame(frame);
    this.#line.frame({ t: "head", seq: told.head });
  }

  async #once(): Promise<Problem | undefined> {
    this.#abort = new AbortController();
    try {
      if (this.#silent < STREAMS_TRIED) await this.#read(this.#abort);
      else await this.#poll(this.#abort.signal);
    } catch (error) {
      return error instanceof Problem ? error : new Problem(0);
    }
    return undefined;
  }

  async #poll(signal: AbortSignal): Promise<void> {
    for (this.#polls = 0; this.#polls < POLLS_BEFORE_A_STREAM && !this.#stopped; this.#polls += 1) {
      await this.catchUp(this.#polls && POLL_SECONDS, signal);
      this.#begun();
    }
    this.#silent = 0;
  }

  async #read(abort: AbortController): Promise<void> {
    const { fetcher, stream, token, after, pace } = this.#line;
    const headers = { Accept: "text/event-stream", ...bearer(token) };
    let reached = false;
    let heard = false;
    let timer = setTimeout(() => abort.abort(), pace.begin);
    const watch = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => abort.abort(), pace.silence);
    };
    try {
      const address = `/rt/v1/stream?s=${stream}&after=${after()}`;
      const answer = await reach(fetcher, address, { headers, signal: abort.signal, cache: "no-store" });
      reached = true;
      await this.#events(answer, () => {
        heard = true;
        this.#heardAt = Date.now();
        watch();
      });
    } finally {
      clearTimeout(timer);
      // A server that is away says nothing about streams; one that answers and then is silent stands behind a buffer.
      if (heard) this.#silent = 0;
      else if (reached || abort.signal.aborted) this.#silent += 1;
    }
  }

  async #events(answer: Response, heard: () => void): Promise<void> {
    const pieces = answer.body?.getReader();
    const events = new EventReader();
    for (let piece = await pieces?.read(); piece && !piece.done; piece = await pieces!.read()) {
      for (const data of events.read(piece.value)) {
        heard();
        const frame = JSON.parse(data) as Frame;
        if (frame.t === "live") this.#begun();
        if (frame.t === "bye") return;
        this.#line.frame(frame);
      }
    }
  }

  #begun(): void {
    this.#tries = 0;
    this.#line.up(true);
  }

  #rest(wait: number): Promise<void> {
    return new Promise((done) => {
      const timer = setTimeout(done, wait);
      this.#wake = () => {
        clearTimeout(timer);
        done();
      };
    });
  }
}
