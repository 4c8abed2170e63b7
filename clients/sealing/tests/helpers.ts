import { webcrypto } from "node:crypto";

import type { Bytes } from "../src/bytes.ts";
import { SealingError, type SealingCode, newAccountKey, openingKey } from "../src/index.ts";

export const ACCOUNT = "6f1c2b9e-6a5d-4a0e-9a37-0d2f6a3b8c41";
export const OTHER = "0d2f6a3b-8c41-4a0e-9a37-6f1c2b9e6a5d";
export const DEVICE = "a3b8c410-9a37-4a0e-6a5d-6f1c2b9e0d2f";

export function randomBytes(length: number): Bytes {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += 65_536) webcrypto.getRandomValues(bytes.subarray(at, at + 65_536));
  return bytes;
}

export function randomInt(below: number): number {
  return new DataView(randomBytes(4).buffer).getUint32(0) % below;
}

export async function accountKey(generation = 1) {
  const made = await newAccountKey(generation);
  const opening = await openingKey(made.secret);
  return { ...made, opening, getKey: async () => opening };
}

export function fails(code: SealingCode) {
  return (error: unknown) => error instanceof SealingError && error.code === code;
}

export function flipped(bytes: Bytes, at: number): Bytes {
  const changed = bytes.slice();
  changed[at]! ^= 1 << randomInt(8);
  return changed;
}
