import { isAccepted, type Job } from "../jobs/model.ts";
import { now } from "./clock.ts";
import { jobs, removeJob } from "./jobs.ts";
import { keepDays } from "./preferences.ts";
import { opened } from "./session.ts";

const DAY_MS = 86_400_000;

/** Sent jobs leave the phone after the days set in Settings; nothing that was not accepted ever does. */
export function isOver(job: Job, days: number, nowMs: number): boolean {
  return isAccepted(job) && job.sent_at !== null && nowMs - Date.parse(job.sent_at) > days * DAY_MS;
}

/** Photos that no job shows any more, once the time to undo is over. Nothing is swept while a job cannot be read. */
export async function sweepOrphanPhotos(): Promise<void> {
  const kept = await opened().all<Job>("job");
  if (kept.unreadable.length) return;
  const shown = new Set(kept.values.flatMap((job) => job.doc.photos.map((photo) => `photo/${photo.id}`)));
  const orphans = (await opened().names("photo")).filter((name) => !shown.has(name));
  if (orphans.length) await opened().delete(orphans);
}

export function sweepOldJobs(): void {
  for (const job of jobs.peek().values()) {
    if (isOver(job, keepDays.peek(), now().getTime())) void removeJob(job.doc.job_ref);
  }
}
