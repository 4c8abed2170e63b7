/** What each catalogue version on this phone is made of: paths and hashes of its chunks. */
import { opened, store } from "../state/session.ts";
import type { SealedStore } from "../store/sealed.ts";
import type { Entries } from "./root.ts";

export interface Version {
  version: number;
  root: string;
  entries: Entries;
}

export const nameOf = (version: number): string => `version/${version}`;
export const chunkName = (hash: string): string => `chunk/${hash}`;

// A version never changes, so it is read once; the next shop's phone begins with nothing.
const known = new Map<number, Promise<Version | null>>();
let knownOf: SealedStore | null = null;

export function manifestOf(version: number): Promise<Version | null> {
  if (knownOf !== store.value) known.clear();
  knownOf = store.value;
  const reading = known.get(version) ?? read(version);
  known.set(version, reading);
  return reading;
}

async function read(version: number): Promise<Version | null> {
  try {
    return await opened().get<Version>(nameOf(version));
  } catch (error) {
    forgetManifest(version);
    throw error;
  }
}

export async function entriesOf(version: number): Promise<Entries> {
  return (await manifestOf(version))?.entries ?? {};
}

export async function putManifest(version: Version): Promise<void> {
  await opened().put(nameOf(version.version), version);
  forgetManifest(version.version);
}

export function forgetManifest(version: number): void {
  known.delete(version);
}

/** The bytes of a picture of a version, or null. */
export async function picture(version: number, id: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const hash = (await entriesOf(version))[`picture/${id}`];
  return hash ? opened().getBytes(chunkName(hash)) : null;
}
