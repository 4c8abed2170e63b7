/** A conversation as it is drawn: entries, what is not acknowledged yet, days and who speaks. */
import type { Item } from "../protocol/outbox.ts";
import type { Entry } from "../protocol/wire.ts";
import { daysBetween } from "./when.ts";

export interface Said {
  key: string;
  entry: Entry;
  /** Not in the log yet: in the outbox, or acknowledged and on its way back. */
  pending: Item | null;
  /** Begins a new day. */
  day: string | null;
  /** Speaks on within a few minutes: the name need not stand there again. */
  goesOn: boolean;
  /** The first that this reader had not seen when the conversation was opened. */
  firstNew: boolean;
}

const ONE_BREATH_MS = 5 * 60_000;

export interface Acked {
  seq: number;
  at: string;
  said: Omit<Entry, "seq" | "at">;
}

/** Everything in the order of the log; then what is acknowledged and not back yet; then the outbox. */
export function linesOf(
  entries: readonly Entry[], acked: ReadonlyMap<string, Acked>, unsent: readonly Item[], seat: string, newFrom: number | null,
): Said[] {
  const known = new Set(entries.map((entry) => entry.cid));
  const back = [...acked.values()].filter((one) => !known.has(one.said.cid)).sort((a, b) => a.seq - b.seq);
  const all = [
    ...entries.map((entry) => ({ entry, pending: null })),
    ...back.map(({ seq, at, said }) => ({ entry: { ...said, seq, at }, pending: null })),
    ...unsent.filter((item) => !known.has(item.cid) && !acked.has(item.cid)).map((item) => ({ entry: entryOf(item, seat), pending: item })),
  ];
  return all.map(({ entry, pending }, at) => ({
    key: entry.cid || `#${entry.seq}`, entry, pending, ...relation(entry, all[at - 1]?.entry),
    firstNew: isFirstNew(entry, all[at - 1]?.entry, newFrom) && entry.from !== seat,
  }));
}

/** Where everything is new, no line is drawn. */
function isFirstNew(entry: Entry, before: Entry | undefined, newFrom: number | null): boolean {
  return newFrom !== null && before !== undefined && before.seq <= newFrom && entry.seq > newFrom;
}

function entryOf(item: Item, seat: string): Entry {
  return { seq: Number.MAX_SAFE_INTEGER, cid: item.cid, from: seat, kind: item.kind, body: item.body, audience: item.audience, at: new Date(item.made).toISOString() };
}

function relation(entry: Entry, before: Entry | undefined): { day: string | null; goesOn: boolean } {
  if (!before) return { day: entry.at || null, goesOn: false };
  const [then, now] = [new Date(before.at), new Date(entry.at)];
  const newDay = !!entry.at && !!before.at && daysBetween(then, now) !== 0;
  const same = before.from === entry.from && before.kind === entry.kind && before.audience === entry.audience;
  return { day: newDay ? entry.at : null, goesOn: same && !newDay && now.getTime() - then.getTime() < ONE_BREATH_MS };
}
