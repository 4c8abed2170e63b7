/** The regular look at the server: time, device, keys, deliveries and catalogue; then the queue. */
import { signal } from "@preact/signals";
import { ApiError, NoAnswer } from "../api/client.ts";
import type { SyncAnswer } from "../api/types.ts";
import { BadCatalogue, download } from "../catalogue/download.ts";
import { dropUnused, held } from "../catalogue/versions.ts";
import { sendAfterOutage, sendDue, takeDeliveries } from "../queue/send.ts";
import { StorageFull } from "../store/sealed.ts";
import { learnServerTime } from "./clock.ts";
import { isEditor } from "./editor.ts";
import { jobs, storageFull } from "./jobs.ts";
import { online } from "./network.ts";
import { api, patchSession, stage, who } from "./session.ts";
import { trustedKeys, UntrustedKey } from "./account_key.ts";
import { unregistered } from "./unregistered.ts";

export const APP_VERSION = "1";
export const checking = signal(false);

const EVERY_MS = 10 * 60_000;
const STALE_MS = 24 * 3_600_000;

export async function check(): Promise<void> {
  if (checking.value || stage.value !== "open" || !isEditor.value) return;
  checking.value = true;
  try {
    await ask();
  } catch (error) {
    if (!(await unregistered(error))) await noteFailure(error);
  } finally {
    checking.value = false;
  }
  await sendDue();
}

async function ask(): Promise<void> {
  const answer = await api.value.sync(held.value, APP_VERSION);
  online.value = true;
  learnServerTime(answer.server_time);
  await keep(answer);
  takeDeliveries(answer.deliveries);
  if (answer.catalogue && answer.catalogue.version !== held.value) await download();
  await patchSession({ checkedAt: Date.now(), failedAt: 0, failure: "" });
  await dropUnused(new Set([...jobs.value.values()].map((job) => job.doc.catalogue_version)));
}

async function keep(answer: SyncAnswer): Promise<void> {
  const keys = await trustedKeys(who().keys, answer.keys);
  await patchSession({
    mark: answer.device.mark,
    deviceState: answer.device.state,
    fingerprint: answer.device.fingerprint,
    account: answer.account,
    user: answer.user,
    keys,
  });
}

async function noteFailure(error: unknown): Promise<void> {
  if (error instanceof NoAnswer) online.value = navigator.onLine;
  if (error instanceof StorageFull) return void (storageFull.value = true);
  await patchSession({ failedAt: Date.now(), failure: failureCode(error) }).catch(() => (storageFull.value = true));
}

function failureCode(error: unknown): string {
  if (error instanceof NoAnswer) return "no_answer";
  if (error instanceof UntrustedKey) return "untrusted_key";
  if (error instanceof BadCatalogue) return "bad_catalogue";
  if (error instanceof ApiError) return error.code;
  return "broken";
}

/** True when the catalogue was last found right so long ago that prices may have changed. */
export function isStale(nowMs: number): boolean {
  return nowMs - who().checkedAt > STALE_MS;
}

/** Checks now, when network comes back, when the app is looked at again, and every ten minutes. */
export function startChecking(): void {
  const look = (): void => void check();
  addEventListener("online", () => {
    look();
    void sendAfterOutage();
  });
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());
  navigator.serviceWorker?.addEventListener("message", (event) => event.data === "send" && look());
  setInterval(look, EVERY_MS);
  setInterval(() => online.value && void sendDue(), 5_000);
}
