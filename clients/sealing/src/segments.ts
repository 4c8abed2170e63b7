/**
 * Sealed in segments of 64 KiB, each telling whether it is the last: a file that was cut, stretched or
 * re-ordered never opens as something shorter or different.
 */

import { type Bytes, concat, readUint32, uint32 } from "./bytes.ts";
import { SealingError } from "./errors.ts";

export const SEGMENT = 65_536;
const TAG = 16;
const HEAD = 5;
export const PREFIX = 7;

/** One key, its 7-byte nonce prefix, and what every segment is bound to. */
export interface SegmentKey {
  key: CryptoKey;
  prefix: Bytes;
  header: Bytes;
}

export async function sealSegments(plain: Bytes, by: SegmentKey): Promise<Bytes> {
  const count = Math.max(1, Math.ceil(plain.length / SEGMENT));
  const sealed: Bytes[] = [];
  for (let n = 0; n < count; n += 1) {
    const final = n === count - 1;
    const part = plain.slice(n * SEGMENT, (n + 1) * SEGMENT);
    const body = new Uint8Array(await crypto.subtle.encrypt(options(by, n, final), by.key, part));
    sealed.push(Uint8Array.of(final ? 1 : 0), uint32(body.length), body);
  }
  return concat(...sealed);
}

export async function openSegments(sealed: Bytes, by: SegmentKey): Promise<Bytes> {
  const plain: Bytes[] = [];
  let at = 0;
  for (let n = 0, final = false; !final; n += 1) {
    const segment = readSegment(sealed, at);
    plain.push(await openOne(segment, by, n));
    at += HEAD + segment.body.length;
    final = segment.final;
  }
  if (at !== sealed.length) throw new SealingError("damaged", "something follows the final segment");
  return concat(...plain);
}

interface Segment {
  final: boolean;
  body: Bytes;
}

function readSegment(sealed: Bytes, at: number): Segment {
  if (at + HEAD > sealed.length) throw new SealingError("cut_short", "the final segment is missing");
  const marker = sealed[at];
  const length = readUint32(sealed, at + 1);
  if (marker === undefined || marker > 1 || !fits(length, marker === 1)) {
    throw new SealingError("damaged", "a segment's head makes no sense");
  }
  const body = sealed.slice(at + HEAD, at + HEAD + length);
  if (body.length < length) throw new SealingError("cut_short", "a segment is cut short");
  return { final: marker === 1, body };
}

function fits(length: number, final: boolean): boolean {
  return final ? length >= TAG && length <= SEGMENT + TAG : length === SEGMENT + TAG;
}

async function openOne(segment: Segment, by: SegmentKey, n: number): Promise<Bytes> {
  const plain = await crypto.subtle
    .decrypt(options(by, n, segment.final), by.key, segment.body)
    .catch(() => {
      throw new SealingError("damaged", `segment ${n} was changed, or the key is another one`);
    });
  return new Uint8Array(plain);
}

function options(by: SegmentKey, n: number, final: boolean): AesGcmParams {
  const iv = concat(by.prefix, uint32(n), Uint8Array.of(final ? 1 : 0));
  return { name: "AES-GCM", iv, additionalData: by.header };
}
