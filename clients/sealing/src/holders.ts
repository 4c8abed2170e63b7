/**
 * Holders that keep a secret rather than a key store: office passkeys and the printed recovery code. Each has a key
 * pair of its own whose private half is locked by the secret, so that a renewed account key can be wrapped for
 * all of them while none of them is at hand: the printed code stays good.
 */

import { type Bytes, base64url, concat, fields, random, utf8, uuidBytes } from "./bytes.ts";
import { type OpeningKey, type PublicJwk, newAccountKey, openingKey } from "./keys.ts";
import { TO_SECRET, open, parts, seal } from "./messages.ts";
import { recoverySecret } from "./recovery.ts";
import type { Holder } from "./wraps.ts";

const SALT_BYTES = 16;

/** The one printed code of an account. */
export const PRINTED: Holder = { kind: "recovery", id: "printed" };

export function passkeyHolder(credentialId: string): Holder {
  return { kind: "passkey", id: credentialId };
}

/** A holder's public half, and its private half locked by the holder's secret. */
export interface LockedHolder {
  publicKey: PublicJwk;
  locked: string;
}

/** `prf` is the 32-byte output of the passkey's PRF extension for `prfInput(accountId)`. */
export function lockWithPasskey(accountId: string, credentialId: string, prf: Bytes): Promise<LockedHolder> {
  return lock(accountId, passkeyHolder(credentialId), prf);
}

export function unlockWithPasskey(
  locked: string, accountId: string, credentialId: string, prf: Bytes,
): Promise<OpeningKey> {
  return unlock(locked, accountId, passkeyHolder(credentialId), prf);
}

/** Throws `bad_code` when a group of the code is mistyped. */
export function lockWithRecovery(accountId: string, code: string): Promise<LockedHolder> {
  return lock(accountId, PRINTED, recoverySecret(code));
}

export async function unlockWithRecovery(locked: string, accountId: string, code: string): Promise<OpeningKey> {
  return unlock(locked, accountId, PRINTED, recoverySecret(code));
}

/** What the passkey's PRF is asked for: the same for all passkeys of one account. */
export async function prfInput(accountId: string): Promise<Bytes> {
  const input = fields(utf8("allonce prf v1"), uuidBytes(accountId));
  return new Uint8Array(await crypto.subtle.digest("SHA-256", input));
}

async function lock(accountId: string, holder: Holder, secret: Bytes): Promise<LockedHolder> {
  const pair = await newAccountKey(0);
  const salt = random(SALT_BYTES);
  const sealed = await seal(secret, salt, lockBytes(accountId, holder), pair.secret.pkcs8);
  return { publicKey: pair.publicKey, locked: base64url(concat(Uint8Array.of(TO_SECRET), salt, sealed)) };
}

async function unlock(locked: string, accountId: string, holder: Holder, secret: Bytes): Promise<OpeningKey> {
  const { head, sealed } = parts(locked, TO_SECRET, SALT_BYTES);
  const pkcs8 = await open(secret, head, lockBytes(accountId, holder), sealed);
  return openingKey({ generation: 0, pkcs8 });
}

function lockBytes(accountId: string, holder: Holder): Bytes {
  return fields(utf8("allonce lock v1"), uuidBytes(accountId), utf8(holder.kind), utf8(holder.id));
}
