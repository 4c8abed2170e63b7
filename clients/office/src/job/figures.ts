// Money, sizes and dates as this office writes them.
const locale = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;

/** `amount` in the currency's minor units. */
export function money(amount: number, currency: string): string {
  const format = new Intl.NumberFormat(locale, { style: "currency", currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(amount / 10 ** digits);
}

/** Millimetres; empty for things without a size. */
export function size(width: number, drop: number): string {
  if (!width) return "";
  return drop ? `${width} x ${drop} mm` : `${width} mm`;
}

export function day(text: string | null | undefined): string {
  if (!text) return "";
  return new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric" }).format(new Date(text));
}

export function moment(text: string | null | undefined): string {
  if (!text) return "";
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }).format(new Date(text));
}
