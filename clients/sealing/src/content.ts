/** What lies inside a job file: one JSON document, and binary attachments after it. */

import { type Bytes, concat, readUint32, textOf, uint32, utf8 } from "./bytes.ts";
import { SealingError } from "./errors.ts";

export interface JobAttachment {
  name: string;
  type: string;
  data: Bytes;
}

export interface JobContent {
  json: unknown;
  files: JobAttachment[];
}

interface Manifest {
  format: number;
  json: unknown;
  files: { name: string; type: string; bytes: number }[];
}

export function packContent(content: JobContent): Bytes {
  const files = content.files.map(({ name, type, data }) => ({ name, type, bytes: data.length }));
  const manifest = utf8(JSON.stringify({ format: 1, json: content.json, files } satisfies Manifest));
  return concat(uint32(manifest.length), manifest, ...content.files.map((file) => file.data));
}

export function unpackContent(plain: Bytes): JobContent {
  const manifest = readManifest(plain);
  let at = 4 + readUint32(plain, 0);
  const files = manifest.files.map(({ name, type, bytes }) => {
    const data = plain.slice(at, at + bytes);
    at += bytes;
    return { name, type, data };
  });
  if (at !== plain.length) throw new SealingError("damaged", "the attachments do not add up");
  return { json: manifest.json, files };
}

function readManifest(plain: Bytes): Manifest {
  if (plain.length < 4 || plain.length < 4 + readUint32(plain, 0)) {
    throw new SealingError("damaged", "the content has no manifest");
  }
  const manifest = parsed(plain.slice(4, 4 + readUint32(plain, 0)));
  if (manifest.format !== 1) throw new SealingError("newer_version", "the content is of a newer format");
  return manifest;
}

function parsed(bytes: Bytes): Manifest {
  try {
    return JSON.parse(textOf(bytes)) as Manifest;
  } catch {
    throw new SealingError("damaged", "the manifest is not JSON");
  }
}
