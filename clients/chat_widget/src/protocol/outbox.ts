import { Problem } from "./http.ts";
import { pause, type Pace } from "./pace.ts";

/** Something the visitor said that the server has not acknowledged. */
export interface Item {
  cid: string;
  kind: string;
  body: Record<string, unknown>;
  /** why the server does not take it; it is not tried again by itself */
  refused?: string;
}

interface Ways {
  /** deliver one item; resolves when the server has it for good. Raises Problem. */
  send: (item: Item, within: number) => Promise<void>;
  save: (items: Item[]) => void;
  changed: (item: Item) => void;
}

/** Sends in order, one at a time, each with its own cid until the server says that it stands; then forgets it. */
export class Outbox {
  readonly items: Item[];
  readonly #ways: Ways;
  readonly #pace: Pace;
  #running = false;
  #wake: (() => void) | undefined;
  #stopped = false;

  constructor(items: Item[], ways: Ways, pace: Pace) {
    this.items = items;
    this.#ways = ways;
    this.#pace = pace;
  }

  add(item: Item): void {
    this.items.push(item);
    this.#ways.save(this.items);
    this.#ways.changed(item);
    void this.run();
  }

  /** A refused item again, as it is. */
  again(cid: string): void {
    const item = this.items.find((each) => each.cid === cid);
    if (!item) return;
    delete item.refused;
    this.#ways.save(this.items);
    this.#ways.changed(item);
    void this.run();
  }

  /** Whoever has seen the item in the log knows that it stands, whatever became of the answer. */
  settled(cid: string): void {
    const at = this.items.findIndex((each) => each.cid === cid);
    if (at < 0) return;
    this.items.splice(at, 1);
    this.#ways.save(this.items);
  }

  /** Try now rather than at the end of a pause: the network is back. */
  nudge(): void {
    this.#wake?.();
  }

  stop(): void {
    this.#stopped = true;
    this.nudge();
  }

  async run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    let tries = 0;
    for (let item = this.#next(); item && !this.#stopped; item = this.#next()) {
      const problem = await this.#try(item);
      tries = problem ? tries + 1 : 0;
      if (problem) await this.#rest(pause(tries, this.#pace, problem.retryAfter));
    }
    this.#running = false;
  }

  #next(): Item | undefined {
    return this.items.find((each) => each.refused === undefined);
  }

  /** Undefined when the item is done with, either way. */
  async #try(item: Item): Promise<Problem | undefined> {
    try {
      await this.#ways.send(item, this.#pace.ack);
      this.settled(item.cid);
    } catch (error) {
      const problem = error instanceof Problem ? error : new Problem(0);
      if (problem.passes) return problem;
      item.refused = problem.message;
      this.#ways.save(this.items);
    }
    this.#ways.changed(item);
    return undefined;
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
