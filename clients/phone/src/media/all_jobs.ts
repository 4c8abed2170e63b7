/** Gathers all jobs for a backup, and puts those of a backup back. */
import type { Job } from "../jobs/model.ts";
import { now } from "../state/clock.ts";
import { flush, jobOf, jobs, put } from "../state/jobs.ts";
import { opened, patchSession, who } from "../state/session.ts";
import type { Bytes } from "../store/bytes.ts";
import { BACKUP_SUFFIX, packBackup, unpackBackup, wins } from "./backup.ts";
import { saveFile } from "./job_file.ts";

export async function saveBackup(words: string): Promise<void> {
  await flush();
  const all = [...jobs.value.values()];
  const backup = { made_at: now().toISOString(), account: who().account.id, counter: who().counter, jobs: all, photos: await photosOf(all) };
  const day = backup.made_at.slice(0, 10);
  saveFile(`jobs-${day}${BACKUP_SUFFIX}`, await packBackup(backup, words), "application/octet-stream");
}

async function photosOf(all: readonly Job[]): Promise<Record<string, Bytes>> {
  const found: Record<string, Bytes> = {};
  for (const id of all.flatMap((job) => job.doc.photos.map((photo) => photo.id))) {
    const bytes = await opened().getBytes(`photo/${id}`);
    if (bytes) found[id] = bytes;
  }
  return found;
}

export class OtherAccount extends Error {}

/** Returns how many jobs came back. */
export async function restoreBackup(file: Blob, words: string): Promise<number> {
  const backup = await unpackBackup(new Uint8Array(await file.arrayBuffer()), words);
  if (backup.account !== who().account.id) throw new OtherAccount();
  const back = backup.jobs.filter((job) => wins(job, jobOf(job.doc.job_ref)));
  await opened().putBytes(Object.entries(backup.photos).map(([id, bytes]) => [`photo/${id}`, bytes] as const));
  await patchSession({ counter: Math.max(who().counter, backup.counter) });
  back.forEach(put);
  await flush();
  return back.length;
}
