/**
 * Wraps: the account's private key, sealed to one holder. The server keeps them and can open none.
 * Bytes and derivations: docs/job-file.md, "Wraps".
 */

import { type Bytes, base64url, concat, equal, fields, uint32, utf8, uuidBytes } from "./bytes.ts";
import { SealingError } from "./errors.ts";
import { type AccountSecret, type OpeningKey, type PublicJwk, POINT_BYTES, agree, hkdf, newEphemeral, pointOf } from "./keys.ts";
import { NO_SALT, TO_POINT, open, parts, seal } from "./messages.ts";

const ATTESTATION_BYTES = 32;

export type HolderKind = "device" | "passkey" | "recovery" | "next";

/** Whom a wrap is for: opening it under another name fails. */
export interface Holder {
  kind: HolderKind;
  id: string;
}

/** For an approved device; `deviceId` is the device's id. */
export function wrapForDevice(
  secret: AccountSecret, accountId: string, deviceId: string, device: PublicJwk,
): Promise<string> {
  return wrapForHolder(secret, accountId, { kind: "device", id: deviceId }, device);
}

export function unwrapForDevice(
  wrap: string, accountId: string, generation: number, deviceId: string, key: OpeningKey,
): Promise<AccountSecret> {
  return unwrapForHolder(wrap, accountId, generation, { kind: "device", id: deviceId }, key);
}

/** Keeps an old generation readable: its secret, sealed to the next generation's public key. */
export function wrapForNext(old: AccountSecret, accountId: string, next: PublicJwk): Promise<string> {
  return wrapForHolder(old, accountId, { kind: "next", id: String(old.generation + 1) }, next);
}

export function unwrapFromNext(
  wrap: string, accountId: string, generation: number, next: OpeningKey,
): Promise<AccountSecret> {
  return unwrapForHolder(wrap, accountId, generation, { kind: "next", id: String(generation + 1) }, next);
}

/** Sealed to the holder's public key, with proof that it was sealed by someone who had the secret. */
export async function wrapForHolder(
  secret: AccountSecret, accountId: string, holder: Holder, publicKey: PublicJwk,
): Promise<string> {
  const context = contextBytes(accountId, secret.generation, holder);
  const point = pointOf(publicKey);
  const ephemeral = await newEphemeral();
  const shared = await agree(ephemeral.privateKey, point);
  const info = concat(context, fields(ephemeral.publicKey, point));
  const sealed = await seal(shared, NO_SALT, info, secret.pkcs8);
  const attestation = await attest(secret, context, point);
  return base64url(concat(Uint8Array.of(TO_POINT), ephemeral.publicKey, attestation, sealed));
}

export async function unwrapForHolder(
  wrap: string, accountId: string, generation: number, holder: Holder, key: OpeningKey,
): Promise<AccountSecret> {
  const { ephemeral, attestation, sealed } = pointParts(wrap);
  const context = contextBytes(accountId, generation, holder);
  const info = concat(context, fields(ephemeral, key.publicKey));
  const pkcs8 = await open(await agree(key.privateKey, ephemeral), NO_SALT, info, sealed);
  const secret = { generation, pkcs8 };
  if (!equal(attestation, await attest(secret, context, key.publicKey))) {
    throw new SealingError("wrong_key", "the wrap was not made by a holder of its key");
  }
  return secret;
}

/**
 * Whether a holder of `secret` made this wrap for this very public key. At a renewal the new key is only
 * wrapped for holders of whom this is true, so the server cannot slip one in.
 */
export async function isAttested(
  wrap: string, secret: AccountSecret, accountId: string, holder: Holder, publicKey: PublicJwk,
): Promise<boolean> {
  const context = contextBytes(accountId, secret.generation, holder);
  return equal(pointParts(wrap).attestation, await attest(secret, context, pointOf(publicKey)));
}

function contextBytes(accountId: string, generation: number, holder: Holder): Bytes {
  return fields(utf8("allonce wrap v1"), uuidBytes(accountId), uint32(generation), utf8(holder.kind), utf8(holder.id));
}

function attest(secret: AccountSecret, context: Bytes, point: Bytes): Promise<Bytes> {
  return hkdf(secret.pkcs8, NO_SALT, fields(utf8("allonce holder v1"), context, point), ATTESTATION_BYTES);
}

function pointParts(wrap: string): { ephemeral: Bytes; attestation: Bytes; sealed: Bytes } {
  const { head, sealed } = parts(wrap, TO_POINT, POINT_BYTES + ATTESTATION_BYTES);
  return { ephemeral: head.slice(0, POINT_BYTES), attestation: head.slice(POINT_BYTES), sealed };
}
