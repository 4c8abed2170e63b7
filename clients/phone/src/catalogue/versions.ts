/** The catalogue versions on this phone: the newest, and those that unfinished quotes still use. */
import { signal } from "@preact/signals";
import { opened } from "../state/session.ts";
import { chunkName, forgetManifest, nameOf, putManifest, type Version } from "./manifests.ts";
import { close, openVersion } from "./open.ts";
import { unneeded } from "./root.ts";

/** The version that new quotes use; 0 before the first download. */
export const held = signal(0);

export async function loadHeld(): Promise<void> {
  held.value = (await opened().get<number>("catalogue/held")) ?? 0;
  if (held.value) await openVersion(held.value);
}

/** From now on this version is the one that new quotes use. One record decides it, so the swap is all or nothing. */
export async function swapTo(version: Version): Promise<void> {
  await putManifest(version);
  await opened().put("catalogue/held", version.version);
  await openVersion(version.version);
  held.value = version.version;
}

/** Drops versions that nothing uses, and the chunks that only they needed. */
export async function dropUnused(inUse: ReadonlySet<number>): Promise<void> {
  const names = await opened().names("version");
  const versions = await Promise.all(names.map((name) => opened().get<Version>(name)));
  const kept = versions.filter((one): one is Version => !!one && (inUse.has(one.version) || one.version === held.value));
  const gone = versions.filter((one): one is Version => !!one && !kept.includes(one));
  if (!gone.length) return;
  const stored = (await opened().names("chunk")).map((name) => name.slice("chunk/".length));
  const chunks = unneeded(stored, kept.map((one) => one.entries));
  await opened().delete([...gone.map((one) => nameOf(one.version)), ...chunks.map(chunkName)]);
  for (const { version } of gone) {
    forgetManifest(version);
    close(version);
  }
}
