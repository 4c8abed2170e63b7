/** The job file: a whole job, sealed to the account's key. Byte by byte in docs/job-file.md. */

import { type Bytes, concat, equal, fields, readUint32, uint32, utf8, uuidBytes, uuidText } from "./bytes.ts";
import { type JobContent, packContent, unpackContent } from "./content.ts";
import { SealingError } from "./errors.ts";
import { type OpeningKey, type PublicJwk, POINT_BYTES, agree, gcmKey, hkdf, newEphemeral, pointOf } from "./keys.ts";
import { PREFIX, type SegmentKey, openSegments, sealSegments } from "./segments.ts";

/** As PNG's: a high bit, a name, both line ends and a stop, so that text transfers that mangle it are noticed. */
const MAGIC = Uint8Array.of(0x8a, 0x4a, 0x4f, 0x42, 0x0d, 0x0a, 0x1a, 0x0a);
const VERSION = 1;
const HEADER_BYTES = MAGIC.length + 1 + 16 + 4 + POINT_BYTES;

export const JOB_FILE_TYPE = "application/vnd.allonce.job";
export const JOB_FILE_SUFFIX = ".allonce";

export interface JobFileHeader {
  accountId: string;
  generation: number;
  ephemeral: Bytes;
  bytes: Bytes;
}

export async function sealJobFile(
  publicKey: PublicJwk, accountId: string, generation: number, content: JobContent,
): Promise<Bytes> {
  const ephemeral = await newEphemeral();
  const account = uuidBytes(accountId);
  const header = concat(MAGIC, Uint8Array.of(VERSION), account, uint32(generation), ephemeral.publicKey);
  const key = await segmentKey(ephemeral.privateKey, pointOf(publicKey), pointOf(publicKey), header);
  return concat(header, await sealSegments(packContent(content), key));
}

/** What a job file says of itself before it is opened: whose it is, and which generation opens it. */
export function readJobFileHeader(file: Bytes): JobFileHeader {
  if (!equal(file.subarray(0, MAGIC.length), MAGIC)) {
    throw new SealingError("not_a_job_file", "this is not a job file");
  }
  if (file[MAGIC.length] !== VERSION) throw new SealingError("newer_version", "a newer version made this file");
  if (file.length < HEADER_BYTES) throw new SealingError("cut_short", "the header is cut short");
  return {
    accountId: uuidText(file.subarray(9, 25)),
    generation: readUint32(file, 25),
    ephemeral: file.slice(29, HEADER_BYTES),
    bytes: file.slice(0, HEADER_BYTES),
  };
}

/** The whole content, or a SealingError; never a part of it. `getKey` may throw `no_key`. */
export async function openJobFile(
  file: Bytes, getKey: (generation: number) => Promise<OpeningKey>,
): Promise<JobContent & { accountId: string; generation: number }> {
  const header = readJobFileHeader(file);
  const pair = await getKey(header.generation);
  const key = await segmentKey(pair.privateKey, header.ephemeral, pair.publicKey, header.bytes);
  const content = unpackContent(await openSegments(file.slice(HEADER_BYTES), key));
  return { ...content, accountId: header.accountId, generation: header.generation };
}

async function segmentKey(
  privateKey: CryptoKey, theirs: Bytes, recipient: Bytes, header: Bytes,
): Promise<SegmentKey> {
  const info = fields(utf8("allonce job file v1"), header, recipient);
  const bits = await hkdf(await agree(privateKey, theirs), new Uint8Array(0), info, 32 + PREFIX);
  return { key: await gcmKey(bits.slice(0, 32)), prefix: bits.slice(32), header };
}
