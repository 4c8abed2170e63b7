/** What an answer to a post means for the job. Pure, so that every case can be tried without a network. */
import { ApiError, NoAnswer } from "../api/client.ts";
import type { Delivery } from "../api/types.ts";
import type { Job, Trouble } from "../jobs/model.ts";
import { isAccepted } from "../jobs/model.ts";
import { waitSeconds } from "./backoff.ts";

export type Change = Partial<Omit<Job, "doc">>;

/** Codes after which the job waits in the queue and is tried again by itself. */
const PASSING = new Set(["account_ended", "relay_down", "subscription_off", "throttled", "too_many", "too_slow"]);

export function afterAnswer(job: Job, deliveries: Delivery[], at: Date): Change {
  const next = { ...job, deliveries };
  if (isAccepted(next)) {
    return { deliveries, sent_at: at.toISOString(), waiting: null, trouble: null, attempts: 0, next_try: 0 };
  }
  const attempts = job.attempts + 1;
  return { deliveries, attempts, next_try: at.getTime() + waitSeconds(attempts) * 1000, waiting: null, trouble: null };
}

export function afterFailure(job: Job, error: unknown, at: Date): Change {
  const attempts = job.attempts + 1;
  const waiting = passing(error);
  if (!waiting) return { attempts, trouble: lasting(error), waiting: null };
  const wished = error instanceof ApiError ? error.retryAfter : 0;
  return { attempts, waiting, next_try: at.getTime() + waitSeconds(attempts, wished) * 1000 };
}

function passing(error: unknown): Trouble | null {
  if (error instanceof NoAnswer) return { code: "no_answer", detail: "" };
  if (!(error instanceof ApiError)) return null;
  const again = PASSING.has(error.code) || error.status >= 500 || error.status === 429;
  return again ? { code: error.code, detail: error.message } : null;
}

function lasting(error: unknown): Trouble {
  if (error instanceof ApiError) return { code: error.code, detail: error.message };
  return { code: "broken", detail: String(error) };
}

/** Whether the queue may send this job by itself now. Uncertain, refused and bounced ones wait for a person. */
export function isDue(job: Job, nowMs: number): boolean {
  if (!job.queued_at || job.trouble || isAccepted(job)) return false;
  if (job.deliveries.some((one) => one.state === "uncertain" || one.state === "refused" || one.state === "bounced")) {
    return job.deliveries.some((one) => one.state === "retry") && job.next_try <= nowMs;
  }
  return job.next_try <= nowMs;
}
