/** What is posted for one job: the document, the photos, and the whole of it sealed to the account's own key. */
import { base64url, JOB_FILE_SUFFIX, JOB_FILE_TYPE, sealJobFile, type JobAttachment, type JobContent } from "@allonce/sealing";
import type { Job } from "../jobs/model.ts";
import { opened, who } from "../state/session.ts";

/** The account has no key yet: an owner has not opened Setup's keys page. The job waits. */
export class NoAccountKey extends Error {}

export async function sealJob(job: Job): Promise<Uint8Array<ArrayBuffer>> {
  return seal({ json: job.doc, files: await photosOf(job) });
}

async function seal(content: JobContent): Promise<Uint8Array<ArrayBuffer>> {
  const { account, keys } = who();
  if (!keys) throw new NoAccountKey();
  return sealJobFile(keys.public_key, account.id, keys.generation, content);
}

/** What the office is told when a mail fails: number and name, which only its own keys can read. */
async function labelOf(job: Job): Promise<string> {
  const { number, customer } = job.doc;
  return base64url(await seal({ json: { number, name: customer.name }, files: [] }));
}

async function photosOf(job: Job): Promise<JobAttachment[]> {
  const read = job.doc.photos.map(async (photo) => {
    const data = await opened().getBytes(`photo/${photo.id}`);
    return data ? [{ name: photo.id, type: photo.type, data }] : [];
  });
  return (await Promise.all(read)).flat();
}

export async function parcelOf(job: Job): Promise<FormData> {
  const parts = new FormData();
  parts.set("job", new Blob([JSON.stringify(job.doc)], { type: "application/json" }), "job.json");
  const sealed = await sealJob(job);
  parts.set("job_file", new Blob([sealed], { type: JOB_FILE_TYPE }), `${job.doc.number}${JOB_FILE_SUFFIX}`);
  parts.set("label", await labelOf(job));
  for (const photo of await photosOf(job)) {
    parts.set(`photo:${photo.name}`, new Blob([photo.data], { type: photo.type }), `${photo.name}.jpg`);
  }
  return parts;
}
