/** One short message under a derived key, and how it is written down. */

import { type Bytes, fromBase64url } from "./bytes.ts";
import { SealingError } from "./errors.ts";
import { gcmKey, hkdf } from "./keys.ts";

export const TO_POINT = 1;
export const TO_SECRET = 2;
export const NO_SALT: Bytes = new Uint8Array(0);

export async function seal(secret: Bytes, salt: Bytes, info: Bytes, plain: Bytes): Promise<Bytes> {
  const { key, iv } = await derive(secret, salt, info);
  return new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: info }, key, plain));
}

/** The message, or `wrong_key`. */
export async function open(secret: Bytes, salt: Bytes, info: Bytes, sealed: Bytes): Promise<Bytes> {
  const { key, iv } = await derive(secret, salt, info);
  const options = { name: "AES-GCM", iv, additionalData: info };
  const plain = await crypto.subtle.decrypt(options, key, sealed).catch(() => {
    throw new SealingError("wrong_key", "this key does not open that wrap");
  });
  return new Uint8Array(plain);
}

/** A written message of this kind, taken apart; `damaged` when it is none. */
export function parts(text: string, kind: number, headBytes: number): { head: Bytes; sealed: Bytes } {
  const bytes = decoded(text);
  if (bytes[0] !== kind || bytes.length <= 1 + headBytes) {
    throw new SealingError("damaged", "not a wrap of this kind");
  }
  return { head: bytes.slice(1, 1 + headBytes), sealed: bytes.slice(1 + headBytes) };
}

/** Key and nonce are derived together and serve one message only, so the nonce needs no room in it. */
async function derive(secret: Bytes, salt: Bytes, info: Bytes): Promise<{ key: CryptoKey; iv: Bytes }> {
  const bits = await hkdf(secret, salt, info, 44);
  return { key: await gcmKey(bits.slice(0, 32)), iv: bits.slice(32) };
}

function decoded(text: string): Bytes {
  try {
    return fromBase64url(text);
  } catch {
    throw new SealingError("damaged", "a wrap is base64url");
  }
}
