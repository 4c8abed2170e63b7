/**
 * Renewal without trust in the server: whoever made the new key proves that they held the old one, so a phone
 * that holds the old one refuses a key that the server might have slipped in.
 */

import { base64url, equal, fields, fromBase64url, uint32, utf8, uuidBytes } from "./bytes.ts";
import { type AccountSecret, type PublicJwk, hkdf, pointOf } from "./keys.ts";

/** Proof for the generation after `old`, kept beside its public key. */
export async function proveSuccession(
  old: AccountSecret, accountId: string, next: PublicJwk,
): Promise<string> {
  const info = fields(
    utf8("allonce succession v1"),
    uuidBytes(accountId),
    uint32(old.generation + 1),
    pointOf(next),
  );
  return base64url(await hkdf(old.pkcs8, new Uint8Array(0), info, 32));
}

export async function succeeds(
  old: AccountSecret, accountId: string, next: PublicJwk, proof: string,
): Promise<boolean> {
  const expected = await proveSuccession(old, accountId, next);
  return equal(utf8(expected), utf8(base64url(safely(proof))));
}

function safely(proof: string): Uint8Array {
  try {
    return fromBase64url(proof);
  } catch {
    return new Uint8Array(0);
  }
}
