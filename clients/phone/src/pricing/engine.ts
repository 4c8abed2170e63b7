/** The shop's pricing engine, translated at build time from the very source that the server runs. */
import { problem_message, step_label } from "../generated/pricing.js";
import type { Problem, Step } from "./format.ts";
import { money, percent } from "../jobs/money.ts";
import { sizeWords } from "../jobs/size.ts";
import { currency } from "../state/currency.ts";
import { unit } from "../state/unit.ts";

export { apply_rules as applyRules, price_line as priceLine, price_quote as priceQuote } from "../generated/pricing.js";

/** A step of a price in words, with sizes and money as this phone shows them. */
export const stepLabel = (step: Step): string => step_label(step, same, show);

/** A problem in words that say what to do. */
export const problemMessage = (problem: Problem): string => problem_message(problem, same, show);

const same = (template: string): string => template;

function show(kind: string, value: number): string {
  if (kind === "money") return money(value, currency.value);
  if (kind === "length") return sizeWords(value, unit.value) === "–" ? "0" : sizeWords(value, unit.value);
  if (kind === "percent") return percent(value);
  if (kind === "area") return `${(value / 1_000_000).toFixed(2)} m²`;
  return String(value);
}
