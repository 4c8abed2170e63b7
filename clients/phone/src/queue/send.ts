/** Sends what is ready, one job at a time, each once: the address of a post names the job and its revision. */
import { signal } from "@preact/signals";
import { ApiError, NoAnswer } from "../api/client.ts";
import type { JobDelivery } from "../api/types.ts";
import type { Job } from "../jobs/model.ts";
import { now } from "../state/clock.ts";
import { isEditor } from "../state/editor.ts";
import { byStage, flush, jobOf, jobs, mark } from "../state/jobs.ts";
import { online } from "../state/network.ts";
import { api, stage } from "../state/session.ts";
import { unregistered } from "../state/unregistered.ts";
import { afterAnswer, afterFailure, isDue } from "./outcome.ts";
import { NoAccountKey, parcelOf } from "./parcel.ts";

/** After these the next job would hear the same. */
const WHOLE_QUEUE_WAITS = new Set(["account_ended", "relay_down", "subscription_off"]);

export interface Sending {
  ref: string;
  share: number;
}

/** The job that is on its way now, with the share of its bytes already sent. */
export const sending = signal<Sending | null>(null);

/** Sends all that is due. Safe to call at any time and as often as one likes. */
export async function sendDue(): Promise<void> {
  if (sending.value || !isEditor.value || stage.value !== "open") return;
  for (const job of [...byStage.value.ready, ...byStage.value.attention]) {
    if (!isDue(job, now().getTime())) continue;
    if (!(await sendOne(job.doc.job_ref, false))) return;
  }
}

/** A person asked: everything that waits is tried now, whatever its pause. */
export async function sendNow(): Promise<void> {
  for (const job of byStage.value.ready) mark(job.doc.job_ref, { next_try: 0 });
  await sendDue();
}

/** The network is back: what failed for want of it need not wait any longer. */
export async function sendAfterOutage(): Promise<void> {
  for (const job of byStage.value.ready) if (job.waiting?.code === "no_answer") mark(job.doc.job_ref, { next_try: 0 });
  await sendDue();
}

/** A person asks again for the customer's mail, after reading that it may have arrived already. */
export async function resend(ref: string): Promise<void> {
  const job = jobOf(ref);
  if (job && !sending.value) await sendOne(ref, true);
}

/** Returns false when going on with the next job makes no sense. */
async function sendOne(ref: string, again: boolean): Promise<boolean> {
  sending.value = { ref, share: 0 };
  try {
    await flush();
    await post(ref, again);
    return true;
  } catch (error) {
    return failed(ref, error);
  } finally {
    sending.value = null;
  }
}

async function post(ref: string, again: boolean): Promise<void> {
  const job = jobOf(ref) as Job;
  const parcel = await parcelOf(job);
  const progress = (share: number): void => void (sending.value = { ref, share });
  const deliveries = await api.value.postJob(ref, job.doc.revision, parcel, again, progress);
  online.value = true;
  mark(ref, afterAnswer(jobOf(ref) as Job, deliveries, now()));
}

async function failed(ref: string, error: unknown): Promise<boolean> {
  if (await unregistered(error)) return false;
  const job = jobOf(ref) as Job;
  if (error instanceof NoAccountKey) {
    mark(ref, { waiting: { code: "no_key", detail: "" }, next_try: now().getTime() + 60_000 });
    return false;
  }
  mark(ref, afterFailure(job, error, now()));
  if (error instanceof NoAnswer) online.value = navigator.onLine;
  return error instanceof ApiError && !WHOLE_QUEUE_WAITS.has(error.code);
}

/** Takes over what delivery events said since: a mail that bounced, or one found to have arrived. */
export function takeDeliveries(told: readonly JobDelivery[]): void {
  for (const ref of new Set(told.map((one) => one.job_ref))) {
    const all = told.filter((one) => one.job_ref === ref);
    const job = jobs.value.get(ref);
    const mine = all.filter((one) => one.revision === job?.doc.revision);
    if (!job?.queued_at || !mine.length) continue;
    const deliveries = mine.map(({ role, state, reason, at }) => ({ role, state, reason, at }));
    if (JSON.stringify(deliveries) !== JSON.stringify(job.deliveries)) mark(ref, learned(job, deliveries));
  }
}

function learned(job: Job, deliveries: Job["deliveries"]): Partial<Omit<Job, "doc">> {
  const roles = new Set(deliveries.map((one) => one.role));
  const merged = [...deliveries, ...job.deliveries.filter((one) => !roles.has(one.role))];
  return { deliveries: merged, sent_at: job.sent_at ?? now().toISOString() };
}
