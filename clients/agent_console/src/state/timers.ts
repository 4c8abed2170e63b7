import type { Timers } from "../protocol/outbox.ts";
import { signal } from "@preact/signals";

export const timers: Timers = {
  now: () => Date.now(),
  after: (ms, what) => window.setTimeout(what, ms),
  cancel: (timer) => clearTimeout(timer),
};

/** The time, second by second, for stopwatches and countdowns. */
export const tick = signal(Date.now());

export function startTicking(): void {
  setInterval(() => (tick.value = Date.now()), 1000);
}
