/** Money is whole minor units everywhere; only here does it become words. */

const formats = new Map<string, Intl.NumberFormat>();

function format(currency: string): Intl.NumberFormat {
  let found = formats.get(currency);
  if (!found) formats.set(currency, (found = new Intl.NumberFormat("en-GB", { style: "currency", currency })));
  return found;
}

export function money(minor: number, currency: string): string {
  const places = format(currency).resolvedOptions().maximumFractionDigits ?? 2;
  return format(currency).format(minor / 10 ** places);
}

export function percent(bp: number): string {
  return `${Number((bp / 100).toFixed(2))}%`;
}

/** "12.5" to 1250 basis points; null where it is no share between 0 and 100. */
export function parsePercent(typed: string): number | null {
  const value = parseDecimal(typed, 2);
  return value !== null && value <= 10_000 ? value : null;
}

/** "12.50" to 1250 minor units; null where it is no amount. */
export function parseMoney(typed: string): number | null {
  return parseDecimal(typed.replace(/[£$€,\s]/g, ""), 2);
}

function parseDecimal(typed: string, places: number): number | null {
  const match = /^(\d{1,9})(?:\.(\d*))?$/.exec(typed.trim());
  if (!match || (match[2]?.length ?? 0) > places) return null;
  return Number(match[1]) * 10 ** places + Number((match[2] ?? "").padEnd(places, "0"));
}
