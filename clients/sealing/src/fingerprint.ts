/** A public key in thirty digits, for two people to compare aloud or side by side. */

import { fields, utf8 } from "./bytes.ts";
import { type PublicJwk, pointOf } from "./keys.ts";

const GROUPS = 6;
const BYTES_PER_GROUP = 5;

/** Six groups of five digits, about 99 bits; `allonce.kernel.accounts.keys.fingerprint` gives the same. */
export async function fingerprint(key: PublicJwk): Promise<string> {
  const input = fields(utf8("allonce fingerprint v1"), pointOf(key));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", input));
  return Array.from({ length: GROUPS }, (_, n) => digits(digest, n * BYTES_PER_GROUP)).join(" ");
}

function digits(digest: Uint8Array, at: number): string {
  const bytes = digest.subarray(at, at + BYTES_PER_GROUP);
  return String(bytes.reduce((sum, byte) => sum * 256 + byte, 0) % 100_000).padStart(5, "0");
}
