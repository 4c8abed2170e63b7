/**
 * Takes what changed in the catalogue. Every chunk is stored as soon as it is checked, so a broken download goes on where
 * it stopped; the phone moves to the new version only when all of it is here and its root is right.
 */
import { signal } from "@preact/signals";
import type { ChangedEntry, DeltaAnswer } from "../api/types.ts";
import { api, opened } from "../state/session.ts";
import { sha256Hex, utf8, type Bytes } from "../store/bytes.ts";
import { applyDelta, rootOf, type Entries } from "./root.ts";
import { chunkName, entriesOf } from "./manifests.ts";
import { held, swapTo } from "./versions.ts";

export interface Progress {
  done: number;
  whole: number;
}

/** Bytes of the running download, or null when none runs. */
export const progress = signal<Progress | null>(null);

const HASHES_PER_REQUEST = 400;
const PICTURES_AT_ONCE = 4;

/** What came is not what was published: nothing is changed, the next check tries again. */
export class BadCatalogue extends Error {}

/** Downloads the newest version if it is not held. Returns true when the phone moved to another version. */
export async function download(): Promise<boolean> {
  const delta = await api.value.delta(held.value);
  if (delta.version === held.value) return false;
  const entries = await checkedEntries(delta);
  try {
    await fetchMissing(entries, delta.changed);
    await swapTo({ version: delta.version, root: delta.root, entries });
  } finally {
    progress.value = null;
  }
  return true;
}

async function checkedEntries(delta: DeltaAnswer): Promise<Entries> {
  const before = delta.base ? await entriesOf(delta.base) : {};
  const entries = applyDelta(before, delta.changed, delta.removed);
  if ((await rootOf(entries)) !== delta.root) throw new BadCatalogue("root");
  return entries;
}

async function fetchMissing(entries: Entries, changed: readonly ChangedEntry[]): Promise<void> {
  const stored = new Set(await opened().names("chunk"));
  const missing = changed.filter(([path, hash]) => entries[path] === hash && !stored.has(chunkName(hash)));
  const whole = changed.reduce((sum, [, , bytes]) => sum + bytes, 0);
  progress.value = { done: whole - missing.reduce((sum, [, , bytes]) => sum + bytes, 0), whole };
  await fetchTexts(missing.filter(([path]) => !path.startsWith("picture/")));
  await fetchPictures(missing.filter(([path]) => path.startsWith("picture/")));
}

async function fetchTexts(missing: readonly ChangedEntry[]): Promise<void> {
  const sizes = new Map(missing.map(([, hash, bytes]) => [hash, bytes]));
  while (sizes.size) {
    const asked = [...sizes.keys()].slice(0, HASHES_PER_REQUEST);
    const answer = Object.entries(await api.value.chunks(asked)).filter(([hash]) => sizes.has(hash));
    if (!answer.length) throw new BadCatalogue("missing");
    await keep(answer.map(([hash, text]) => [hash, utf8(text)]));
    for (const [hash] of answer) {
      advance(sizes.get(hash) ?? 0);
      sizes.delete(hash);
    }
  }
}

async function fetchPictures(missing: readonly ChangedEntry[]): Promise<void> {
  const unique = [...new Map(missing.map((entry) => [entry[1], entry])).values()];
  for (let at = 0; at < unique.length; at += PICTURES_AT_ONCE) {
    const group = unique.slice(at, at + PICTURES_AT_ONCE);
    const bytes = await Promise.all(group.map(([, hash]) => api.value.chunk(hash)));
    await keep(group.map(([, hash], index) => [hash, bytes[index] as Bytes]));
    for (const [, , size] of group) advance(size);
  }
}

async function keep(chunks: readonly (readonly [string, Bytes])[]): Promise<void> {
  for (const [hash, bytes] of chunks) if ((await sha256Hex(bytes)) !== hash) throw new BadCatalogue("chunk");
  await opened().putBytes(chunks.map(([hash, bytes]) => [chunkName(hash), bytes] as const));
}

function advance(bytes: number): void {
  const before = progress.value;
  if (before) progress.value = { ...before, done: Math.min(before.whole, before.done + bytes) };
}
