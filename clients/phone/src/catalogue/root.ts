/** The sum that says a catalogue is whole: over all chunks, the hash of path and hash, modulo 2^256. */
import { sha256Hex, utf8 } from "../store/bytes.ts";

export type Entries = Record<string, string>;

const MODULUS = 1n << 256n;

export async function rootOf(entries: Entries): Promise<string> {
  const sums = await Promise.all(
    Object.entries(entries).map(async ([path, hash]) => BigInt(`0x${await sha256Hex(utf8(`${path}\n${hash}`))}`)),
  );
  return (sums.reduce((sum, one) => sum + one, 0n) % MODULUS).toString(16).padStart(64, "0");
}

/** The entries after a delta: what was removed goes, what changed comes. */
export function applyDelta(held: Entries, changed: readonly (readonly [string, string, number])[], removed: readonly string[]): Entries {
  const next = { ...held };
  for (const path of removed) delete next[path];
  for (const [path, hash] of changed) next[path] = hash;
  return next;
}

/** Which stored chunks no catalogue version needs any more. */
export function unneeded(stored: readonly string[], kept: readonly Entries[]): string[] {
  const needed = new Set(kept.flatMap((entries) => Object.values(entries)));
  return stored.filter((hash) => !needed.has(hash));
}
