/** Dates as people say them. Days are local to the phone: a quote is dated where it is made. */

export function isoDate(at: Date): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

export function addDays(date: string, days: number): string {
  const [year, month, day] = date.split("-").map(Number);
  return isoDate(new Date(year ?? 0, (month ?? 1) - 1, (day ?? 1) + days));
}

const dayFormat = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });
const timeFormat = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

export function dayWords(date: string): string {
  return date ? dayFormat.format(new Date(date.length === 10 ? `${date}T12:00` : date)) : "";
}

export function timeWords(iso: string): string {
  return timeFormat.format(new Date(iso));
}

export interface Ago {
  key: "ago.now" | "ago.minutes" | "ago.hours" | "ago.days";
  count: number;
}

/** How long ago in the coarsest unit that still tells. */
export function ago(thenMs: number, nowMs: number): Ago {
  const minutes = Math.max(0, Math.floor((nowMs - thenMs) / 60_000));
  if (minutes < 1) return { key: "ago.now", count: 0 };
  if (minutes < 60) return { key: "ago.minutes", count: minutes };
  if (minutes < 48 * 60) return { key: "ago.hours", count: Math.floor(minutes / 60) };
  return { key: "ago.days", count: Math.floor(minutes / 1440) };
}
