/** Sizes: whole millimetres inside, shown and typed as millimetres, centimetres or inches. */

export type Unit = "mm" | "cm" | "inch";

const MM_PER: Record<Unit, number> = { mm: 1, cm: 10, inch: 25.4 };
const PLACES: Record<Unit, number> = { mm: 0, cm: 1, inch: 2 };
export const LONGEST_MM = 50_000;

/** What a person typed, in whole millimetres, or null where it is no size. */
export function parseSize(typed: string, unit: Unit): number | null {
  const plain = typed.trim().replace(",", ".");
  if (!/^\d+(\.\d*)?$/.test(plain)) return null;
  const mm = Math.round(Number(plain) * MM_PER[unit]);
  return mm > 0 && mm <= LONGEST_MM ? mm : null;
}

/** A stored size as typed digits, without the unit; empty for none. */
export function sizeDigits(mm: number, unit: Unit): string {
  if (!mm) return "";
  return String(Number((mm / MM_PER[unit]).toFixed(PLACES[unit])));
}

export function sizeWords(mm: number, unit: Unit): string {
  return mm ? `${sizeDigits(mm, unit)} ${unit === "inch" ? "in" : unit}` : "–";
}

export function sizePair(width: number, drop: number, unit: Unit): string {
  return `${sizeDigits(width, unit) || "–"} × ${sizeWords(drop, unit)}`;
}

/** The next text after a key of the keypad is pressed. Keys: digits, ".", "back", "clear". */
export function pressKey(typed: string, key: string, unit: Unit): string {
  if (key === "clear") return "";
  if (key === "back") return typed.slice(0, -1);
  if (key === "." && (unit === "mm" || typed.includes("."))) return typed;
  const next = key === "." && typed === "" ? "0." : typed + key;
  return Number(next) * MM_PER[unit] > LONGEST_MM ? typed : next.replace(/^0+(?=\d)/, "");
}
