/** The time, corrected by what the server last said: a phone's clock may be wrong, and dates matter on a quote. */
import { signal } from "@preact/signals";

/** Server time minus phone time in milliseconds, or null before the first answer. */
export const clockOffset = signal<number | null>(null);

const WRONG_MS = 5 * 60_000;

export function now(): Date {
  return new Date(Date.now() + (isClockWrong() ? (clockOffset.value ?? 0) : 0));
}

export function isClockWrong(): boolean {
  return Math.abs(clockOffset.value ?? 0) > WRONG_MS;
}

export function learnServerTime(iso: string): void {
  const server = Date.parse(iso);
  if (!Number.isNaN(server)) clockOffset.value = server - Date.now();
}
