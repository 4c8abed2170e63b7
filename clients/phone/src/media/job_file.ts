/** Job files and backups: saved to the phone's own files, and opened from there. */
import { JOB_FILE_SUFFIX, JOB_FILE_TYPE, openJobFile, SealingError } from "@allonce/sealing";
import type { Job, JobDocument } from "../jobs/model.ts";
import { sealJob } from "../queue/parcel.ts";
import { keyring, NoKey } from "../state/account_key.ts";
import { jobOf, put } from "../state/jobs.ts";
import { now } from "../state/clock.ts";
import { opened, who } from "../state/session.ts";

export async function saveJobFile(job: Job): Promise<void> {
  saveFile(`${job.doc.number}${JOB_FILE_SUFFIX}`, await sealJob(job), JOB_FILE_TYPE);
}

export function saveFile(name: string, bytes: BlobPart, type: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

export type OpenFault = "not_a_job_file" | "newer_version" | "damaged" | "no_key" | "other_account" | "newer_here";

export class CannotOpen extends Error {
  readonly fault: OpenFault;
  constructor(fault: OpenFault) {
    super(fault);
    this.fault = fault;
  }
}

/** Opens a job file back into a job, as a new revision to work on. Returns its reference. */
export async function takeJobFile(file: Blob): Promise<string> {
  const content = await opening(new Uint8Array(await file.arrayBuffer()));
  const doc = content.json as JobDocument;
  const here = jobOf(doc.job_ref);
  if (here && here.doc.revision > doc.revision) throw new CannotOpen("newer_here");
  await opened().putBytes(content.files.map((one) => [`photo/${one.name}`, one.data] as const));
  if (!here) put(arrived(doc));
  return doc.job_ref;
}

async function opening(bytes: Uint8Array<ArrayBuffer>) {
  try {
    const ring = await keyring();
    const content = await openJobFile(bytes, ring.key);
    if (content.accountId !== who().account.id) throw new CannotOpen("other_account");
    return content;
  } catch (error) {
    throw error instanceof CannotOpen ? error : new CannotOpen(faultOf(error));
  }
}

function faultOf(error: unknown): OpenFault {
  if (error instanceof NoKey) return "no_key";
  if (!(error instanceof SealingError)) return "damaged";
  if (error.code === "not_a_job_file" || error.code === "newer_version") return error.code;
  return error.code === "no_key" || error.code === "wrong_key" ? "no_key" : "damaged";
}

/** It was complete when the file was made: here it stands as sent, and is revised like any sent job. */
function arrived(doc: JobDocument): Job {
  const at = doc.completed_at ?? now().toISOString();
  const accepted = { state: "accepted", reason: "", at } as const;
  const done = doc.completed_at !== null;
  return {
    doc, seq: 0, updated_at: now().toISOString(), queued_at: done ? at : null, sent_at: done ? at : null, attempts: 0, next_try: 0,
    deliveries: done ? [{ role: "shop", ...accepted }] : [], waiting: null, trouble: null,
  };
}
