/** The verbs of the screens: they join the job's document, its store and this phone's session. */
import { signal } from "@preact/signals";
import { catalogues, openProducts } from "../catalogue/open.ts";
import { held } from "../catalogue/versions.ts";
import { t } from "../i18n/t.ts";
import { now } from "../state/clock.ts";
import { edit, flush, jobOf, put, removeJob, storageFull } from "../state/jobs.ts";
import { StorageFull } from "../store/sealed.ts";
import { go } from "../state/router.ts";
import { patchSession, who } from "../state/session.ts";
import { askBackgroundSync } from "../state/shell.ts";
import { sendDue } from "../queue/send.ts";
import { say } from "../ui/toast.tsx";
import { newJob } from "./create.ts";
import { addDays, isoDate } from "./dates.ts";
import { revise } from "./actions.ts";
import { productsUsed, type Job, type JobDocument } from "./model.ts";
import { quoteNumber } from "./number.ts";
import { withTotals } from "./price.ts";
import { blockers, smallOrder, type Blocker } from "./validate.ts";

/** What the phone knows about a job that was not sent yet. */
const FRESH = { sent_at: null, deliveries: [], attempts: 0, next_try: 0, waiting: null, trouble: null };

/** Begins a quote with the newest catalogue on this phone. The counter is on the disk before the number is used. */
export async function startQuote(): Promise<void> {
  const { user, mark, counter } = who();
  try {
    await patchSession({ counter: counter + 1 });
  } catch (error) {
    if (!(error instanceof StorageFull)) throw error;
    storageFull.value = true;
    return say(t("strip.full"));
  }
  const job = newJob({
    number: quoteNumber(user.user_id, mark, counter + 1), catalogueVersion: held.value,
    validityDays: catalogues.value.get(held.value)?.settings.validity_days ?? 30, now: now(),
    firstRoom: t("rooms.first"), firstProposal: t("proposal.first"), surveyor: user.name,
  });
  put(job);
  go("job", job.doc.job_ref, "customer");
}

/** Every change of a job goes through here, so that its totals are never older than what they add up. */
export function change(ref: string, action: (doc: JobDocument) => JobDocument): void {
  const before = jobOf(ref)?.doc;
  edit(ref, (doc) => withTotals(action(doc), who().user.max_discount_bp));
  if (before && losesSignature(before, jobOf(ref)?.doc ?? before)) dropSignature(ref, before);
}

/** A customer signs for a sum: a signature under another sum would be nobody's. */
function losesSignature(before: JobDocument, after: JobDocument): boolean {
  return after.signature !== null && after.signature === before.signature && before.totals?.total !== after.totals?.total;
}

function dropSignature(ref: string, before: JobDocument): void {
  edit(ref, (doc) => ({ ...doc, signature: null }));
  say(t("sign.dropped"), () => edit(ref, () => before));
}

/** What came of completing: nothing in the way, or what is, or a question to the person, who may `acceptSmall`. */
export interface Completing {
  blockers: Blocker[];
  isSmall: boolean;
}

/** Marks complete and puts the job into the queue, unless something still stands in the way. */
export async function complete(ref: string, acceptSmall = false): Promise<Completing> {
  await openOwnProducts(ref);
  change(ref, (doc) => doc);
  const job = jobOf(ref);
  if (!job) return { blockers: [], isSmall: false };
  const found = blockers(job.doc);
  if (found.length) return { blockers: found, isSmall: false };
  if (smallOrder(job.doc) && !acceptSmall) return { blockers: [], isSmall: true };
  const at = now().toISOString();
  put({ ...job, ...FRESH, doc: { ...job.doc, completed_at: at }, queued_at: at });
  await flush();
  void askBackgroundSync();
  void sendDue();
  return { blockers: [], isSmall: false };
}

async function openOwnProducts(ref: string): Promise<void> {
  const doc = jobOf(ref)?.doc;
  if (doc) await openProducts(doc.catalogue_version, productsUsed(doc));
}

/** Takes a job that has not gone out yet back to the desk; one that may have gone out gets a new revision instead. */
export function reopen(ref: string): void {
  const job = jobOf(ref);
  if (!job) return;
  const touched = job.deliveries.length > 0 || job.attempts > 0;
  const doc = touched ? revise(job.doc) : { ...job.doc, completed_at: null };
  put({ ...job, ...FRESH, doc, queued_at: null });
}

/** Sends a job whose mail failed to another address: a new revision, the same in all else, so that the signature holds. */
export async function sendTo(ref: string, email: string): Promise<void> {
  const job = jobOf(ref);
  if (!job?.queued_at) return;
  const at = now().toISOString();
  const doc = { ...revise(job.doc), signature: job.doc.signature, customer: { ...job.doc.customer, email }, completed_at: at };
  put({ ...job, ...FRESH, doc, queued_at: at });
  await flush();
  void askBackgroundSync();
  await sendDue();
}

/** Jobs that are being deleted and may still be brought back. */
export const hidden = signal<ReadonlySet<string>>(new Set());

const UNDO_MS = 10_000;

/** Deletes a job that never went out, after ten seconds in which it can be brought back. */
export function discardJob(ref: string): void {
  const job = jobOf(ref);
  if (!job) return;
  hidden.value = new Set([...hidden.value, ref]);
  const timer = setTimeout(() => void removeJob(ref), UNDO_MS);
  say(t("job.deleted", { number: job.doc.number }), () => {
    clearTimeout(timer);
    hidden.value = new Set([...hidden.value].filter((one) => one !== ref));
  });
  go();
}

/** The quote with the newest prices, for comparison; nothing is changed. */
export async function repriced(job: Job): Promise<JobDocument | null> {
  if (!(await openProducts(held.value, productsUsed(job.doc)))) return null;
  const settings = catalogues.value.get(held.value)?.settings;
  const date = isoDate(now());
  const doc = { ...job.doc, catalogue_version: held.value, date, valid_until: addDays(date, settings?.validity_days ?? 30) };
  return withTotals(doc, who().user.max_discount_bp);
}

