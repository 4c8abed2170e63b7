/** P-256 key pairs: the account's, one generation after another, and each device's. */

import { type Bytes, base64url, concat, fromBase64url } from "./bytes.ts";
import { SealingError } from "./errors.ts";

const CURVE = { name: "ECDH", namedCurve: "P-256" } as const;
export const POINT_BYTES = 65;

/** The public half as it travels in JSON. */
export interface PublicJwk {
  kty: "EC";
  crv: "P-256";
  x: string;
  y: string;
}

/** A pair that can open things: `privateKey` may be non-extractable, `publicKey` is the 65-byte point. */
export interface OpeningKey {
  privateKey: CryptoKey;
  publicKey: Bytes;
}

/** An account's private key in the open. Keep it in memory only, never in a store. */
export interface AccountSecret {
  generation: number;
  pkcs8: Bytes;
}

export interface NewAccountKey {
  secret: AccountSecret;
  publicKey: PublicJwk;
}

export function pointOf(jwk: PublicJwk): Bytes {
  const [x, y] = [fromBase64url(jwk.x), fromBase64url(jwk.y)];
  if (jwk.kty !== "EC" || jwk.crv !== "P-256" || x.length !== 32 || y.length !== 32) {
    throw new SealingError("bad_key", "not a P-256 public key");
  }
  return concat(Uint8Array.of(4), x, y);
}

export function jwkOf(point: Bytes): PublicJwk {
  if (point.length !== POINT_BYTES || point[0] !== 4) throw new SealingError("bad_key", "not a P-256 point");
  return { kty: "EC", crv: "P-256", x: base64url(point.subarray(1, 33)), y: base64url(point.subarray(33)) };
}

/** A device's pair; the private half never leaves the browser's key store. */
export async function newDeviceKey(): Promise<OpeningKey & { jwk: PublicJwk }> {
  const pair = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
  const publicKey = await exportPoint(pair.publicKey);
  return { privateKey: pair.privateKey, publicKey, jwk: jwkOf(publicKey) };
}

/** A fresh account key of this generation (1 for the first). */
export async function newAccountKey(generation: number): Promise<NewAccountKey> {
  const pair = await crypto.subtle.generateKey(CURVE, true, ["deriveBits"]);
  const pkcs8 = new Uint8Array(await crypto.subtle.exportKey("pkcs8", pair.privateKey));
  return { secret: { generation, pkcs8 }, publicKey: jwkOf(await exportPoint(pair.publicKey)) };
}

/** Makes an unwrapped secret usable, and tells which public key it belongs to. */
export async function openingKey(secret: AccountSecret): Promise<OpeningKey> {
  try {
    const readable = await crypto.subtle.importKey("pkcs8", secret.pkcs8, CURVE, true, ["deriveBits"]);
    const jwk = (await crypto.subtle.exportKey("jwk", readable)) as PublicJwk;
    const privateKey = await crypto.subtle.importKey("pkcs8", secret.pkcs8, CURVE, false, ["deriveBits"]);
    return { privateKey, publicKey: pointOf(jwk) };
  } catch {
    throw new SealingError("bad_key", "not a P-256 private key");
  }
}

export async function newEphemeral(): Promise<OpeningKey> {
  const pair = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
  return { privateKey: pair.privateKey, publicKey: await exportPoint(pair.publicKey) };
}

export async function agree(privateKey: CryptoKey, point: Bytes): Promise<Bytes> {
  const theirs = await crypto.subtle.importKey("raw", point, CURVE, false, []).catch(() => {
    throw new SealingError("bad_key", "not a point on P-256");
  });
  return new Uint8Array(await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, privateKey, 256));
}

export async function hkdf(secret: Bytes, salt: Bytes, info: Bytes, bytes: number): Promise<Bytes> {
  const key = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
  return new Uint8Array(
    await crypto.subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt, info }, key, bytes * 8),
  );
}

export async function gcmKey(bytes: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
}

async function exportPoint(key: CryptoKey): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.exportKey("raw", key));
}
