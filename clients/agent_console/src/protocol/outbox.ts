import { waitMs } from "./backoff.ts";
import type { Problem } from "./wire.ts";

/** One thing said, from the moment of saying it until the server has committed it. */
export interface Item {
  cid: string;
  s: string;
  /** Whose it is: an outbox on a shared computer never sends for somebody else. */
  owner: string;
  order: number;
  kind: string;
  body: Record<string, unknown>;
  audience: string;
  /** Milliseconds. */
  made: number;
  /** A picture that has not been uploaded yet. */
  file?: Blob;
  /** Why the server will not take it. It stays until its sender decides. */
  refused?: Problem;
}

/** Where items outlast the page. */
export interface Shelf {
  all(owner: string): Promise<Item[]>;
  put(item: Item): Promise<void>;
  remove(cid: string): Promise<void>;
}

export interface Timers {
  now(): number;
  after(ms: number, what: () => void): number;
  cancel(timer: number): void;
}

export interface Ways {
  /** Hands an item to the connection; false without one. */
  transmit: (item: Item) => boolean;
  /** Uploads an item's file and returns the body to send. */
  upload: (item: Item) => Promise<Record<string, unknown>>;
  /** Something in here is different now. */
  changed: () => void;
}

const ACK_MS = 5000;

interface Flight {
  cid: string;
  timer: number;
}

/**
 * What was said and is not yet acknowledged. Kept before it is sent, sent in order with one in flight per stream, sent
 * again under the same cid until the server acknowledges or refuses it.
 */
export class Outbox {
  items: readonly Item[] = [];
  private flights = new Map<string, Flight>();
  private failures = new Map<string, number>();
  private owner: string;
  private connected = false;
  private shelf: Shelf;
  private timers: Timers;
  private ways: Ways;

  constructor(owner: string, shelf: Shelf, timers: Timers, ways: Ways) {
    this.owner = owner;
    this.shelf = shelf;
    this.timers = timers;
    this.ways = ways;
  }

  /** What an earlier page left unsent comes first. */
  async open(): Promise<void> {
    const kept = await this.shelf.all(this.owner);
    const here = new Set(this.items.map((item) => item.cid));
    const all = [...kept.filter((item) => !here.has(item.cid)), ...this.items];
    this.set(all.sort((a, b) => a.order - b.order || (a.cid < b.cid ? -1 : 1)));
    this.pumpAll();
  }

  /** Keeps, then sends. It is shown at once; a failing shelf must not hold up what can be sent. */
  async add(said: Omit<Item, "owner" | "order" | "made">): Promise<void> {
    const order = Math.max(0, ...this.items.map((item) => item.order)) + 1;
    const item: Item = { ...said, owner: this.owner, order, made: this.timers.now() };
    this.set([...this.items, item]);
    await this.shelf.put(item).catch(() => undefined);
    this.pump(item.s);
  }

  acked(cid: string): void {
    this.drop(cid);
  }

  /** Refused for now (with a time to wait), or for good. */
  nacked(cid: string, problem: Problem): void {
    const item = this.find(cid);
    if (!item) return;
    if (problem.retry_after !== undefined) return this.again(item, problem.retry_after);
    this.replace({ ...item, refused: problem });
    this.land(item.s, cid);
    this.pump(item.s);
  }

  /** The connection stands: whatever was in flight on the last one is sent again, in its order. */
  connect(): void {
    this.connected = true;
    this.landAll();
    this.failures.clear();
    this.pumpAll();
  }

  disconnect(): void {
    this.connected = false;
    this.landAll();
  }

  retry(cid: string): void {
    const item = this.find(cid);
    if (!item) return;
    const { refused: _refused, ...fresh } = item;
    this.replace(fresh);
    this.pump(item.s);
  }

  /** Takes back what was refused. What may have arrived already cannot be taken back. */
  discard(cid: string): Item | null {
    const item = this.find(cid);
    if (!item?.refused) return null;
    this.drop(cid);
    return item;
  }

  of(s: string): Item[] {
    return this.items.filter((item) => item.s === s);
  }

  private pumpAll(): void {
    for (const s of new Set(this.items.map((item) => item.s))) this.pump(s);
  }

  private pump(s: string): void {
    if (!this.connected || this.flights.has(s)) return;
    const item = this.items.find((each) => each.s === s && !each.refused);
    if (!item) return;
    if (item.file) return void this.uploadFirst(item);
    if (!this.ways.transmit(item)) return;
    this.fly(item, ACK_MS);
  }

  private fly(item: Item, ms: number): void {
    const timer = this.timers.after(ms, () => {
      this.land(item.s, item.cid);
      this.pump(item.s);
    });
    this.flights.set(item.s, { cid: item.cid, timer });
  }

  private async uploadFirst(item: Item): Promise<void> {
    this.flights.set(item.s, { cid: item.cid, timer: 0 });
    try {
      const body = await this.ways.upload(item);
      const { file: _file, ...uploaded } = { ...item, body };
      this.replace(uploaded);
      this.land(item.s, item.cid);
      this.pump(item.s);
    } catch (error) {
      this.land(item.s, item.cid);
      this.uploadFailed(item, error);
    }
  }

  private uploadFailed(item: Item, error: unknown): void {
    const problem = problemOf(error);
    if (problem && problem.retry_after === undefined) return this.nacked(item.cid, problem);
    this.again(item, problem?.retry_after ?? 0);
  }

  private again(item: Item, retryAfter: number): void {
    const failures = (this.failures.get(item.s) ?? 0) + 1;
    this.failures.set(item.s, failures);
    this.land(item.s, item.cid);
    this.fly(item, waitMs(failures, retryAfter));
  }

  private land(s: string, cid: string): void {
    const flight = this.flights.get(s);
    if (flight?.cid !== cid) return;
    this.timers.cancel(flight.timer);
    this.flights.delete(s);
  }

  private landAll(): void {
    for (const flight of this.flights.values()) this.timers.cancel(flight.timer);
    // An upload goes on by itself and pumps when it is done.
    this.flights = new Map([...this.flights].filter(([, flight]) => flight.timer === 0));
  }

  private drop(cid: string): void {
    const item = this.find(cid);
    if (!item) return;
    this.failures.delete(item.s);
    this.set(this.items.filter((each) => each.cid !== cid));
    this.shelf.remove(cid).catch(() => undefined);
    this.land(item.s, cid);
    this.pump(item.s);
  }

  private find(cid: string): Item | undefined {
    return this.items.find((item) => item.cid === cid);
  }

  private replace(item: Item): void {
    this.set(this.items.map((each) => (each.cid === item.cid ? item : each)));
    this.shelf.put(item).catch(() => undefined);
  }

  private set(items: readonly Item[]): void {
    this.items = items;
    this.ways.changed();
  }
}

/** What the server answered, or null if it did not. */
function problemOf(error: unknown): Problem | null {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return null;
  const wait = "retryAfter" in error ? Number(error.retryAfter) : 0;
  return { code: error.code, detail: error.message, ...(wait > 0 ? { retry_after: wait } : {}) };
}
