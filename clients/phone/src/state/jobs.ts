/**
 * All jobs of this phone, and how they get to the disk.
 *
 * A change shows at once and is written behind it: one write per job at a time, always of the newest state, so typing
 * never waits and a kill loses at most the key in flight.
 */
import { computed, effect, signal } from "@preact/signals";
import { StorageFull } from "../store/sealed.ts";
import type { Job, JobDocument } from "../jobs/model.ts";
import { isLocked, stageOf, type Stage } from "../jobs/model.ts";
import { now } from "./clock.ts";
import { isEditor, tellOthers } from "./editor.ts";
import { opened, store } from "./session.ts";

export const jobs = signal<ReadonlyMap<string, Job>>(new Map());
effect(() => {
  // A locked or emptied phone keeps no job in memory; the next to open it may be of another shop.
  if (!store.value) jobs.value = new Map();
});

export const unreadable = signal<string[]>([]);
export const storageFull = signal(false);
export const unsaved = signal(0);

const waiting = new Map<string, Job>();
const writing = new Map<string, Promise<void>>();

const nameOf = (ref: string): string => `job/${ref}`;

export async function loadJobs(): Promise<void> {
  const found = await opened().all<Job>("job");
  unreadable.value = found.unreadable;
  jobs.value = new Map(found.values.map((job) => [job.doc.job_ref, job]));
}

export const byStage = computed(() => {
  const lists: Record<Stage, Job[]> = { progress: [], ready: [], sent: [], attention: [] };
  for (const job of jobs.value.values()) lists[stageOf(job)].push(job);
  for (const list of Object.values(lists)) list.sort((a, b) => b.updated_at.localeCompare(a.updated_at));
  return lists;
});

export function jobOf(ref: string): Job | null {
  return jobs.value.get(ref) ?? null;
}

/** Changes the document of a job that is still being worked on. Locked jobs and onlookers change nothing. */
export function edit(ref: string, change: (doc: JobDocument) => JobDocument): void {
  const job = jobOf(ref);
  if (!job || isLocked(job) || !isEditor.value) return;
  put({ ...job, doc: change(job.doc), trouble: null });
}

/** Changes what the phone knows about a job: queue, deliveries, trouble. */
export function mark(ref: string, change: Partial<Omit<Job, "doc">>): void {
  const job = jobOf(ref);
  if (job && isEditor.value) put({ ...job, ...change });
}

/** Shows and stores a job. */
export function put(job: Job): void {
  const next: Job = { ...job, seq: job.seq + 1, updated_at: now().toISOString() };
  jobs.value = new Map(jobs.value).set(next.doc.job_ref, next);
  waiting.set(next.doc.job_ref, next);
  unsaved.value = waiting.size;
  if (!writing.has(next.doc.job_ref)) start(next.doc.job_ref);
}

export async function removeJob(ref: string): Promise<void> {
  const job = jobOf(ref);
  const left = new Map(jobs.value);
  left.delete(ref);
  jobs.value = left;
  waiting.delete(ref);
  await writing.get(ref);
  const photos = job?.doc.photos.map((photo) => `photo/${photo.id}`) ?? [];
  await opened().delete([nameOf(ref), ...photos]);
  tellOthers("changed");
}

/** Waits until all that was typed is on the disk. */
export async function flush(): Promise<void> {
  while (writing.size) await Promise.all(writing.values());
}

function start(ref: string): void {
  const write = writeNewest(ref).finally(() => {
    writing.delete(ref);
    unsaved.value = waiting.size;
    if (waiting.has(ref) && !storageFull.value && store.value) start(ref);
  });
  writing.set(ref, write);
}

async function writeNewest(ref: string): Promise<void> {
  const job = waiting.get(ref);
  if (!job || !store.value) return;
  try {
    await opened().put(nameOf(ref), job);
    storageFull.value = false;
    if (waiting.get(ref) === job) waiting.delete(ref);
    tellOthers("changed");
  } catch (error) {
    if (!(error instanceof StorageFull)) throw error;
    storageFull.value = true;
  }
}

/** After room was made: writes what could not be written. */
export function retryWrites(): void {
  storageFull.value = false;
  for (const ref of waiting.keys()) if (!writing.has(ref)) start(ref);
}
