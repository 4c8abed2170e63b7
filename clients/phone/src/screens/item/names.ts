/** The names of a product's ranges and colours as lists show them. */
import type { Product, Range } from "../../pricing/format.ts";

export interface Named {
  name: string;
  /** As it is searched. */
  plain: string;
}

const order = new Intl.Collator(undefined, { numeric: true });
const sorted = new WeakMap<object, readonly Named[]>();

export function isLive(colours: Record<string, Range>): boolean {
  return Object.values(colours).some((one) => !one.discontinued);
}

export function liveCount(colours: Record<string, Range>): number {
  return Object.values(colours).reduce((sum, one) => sum + (one.discontinued ? 0 : 1), 0);
}

/** The ranges that are still sold, and the chosen one in any case. Sorted once for each product. */
export function rangeNames(product: Product, chosen: string): readonly Named[] {
  const live = once(product.ranges, () => Object.keys(product.ranges).filter((name) => isLive(product.ranges[name] ?? {})));
  return withChosen(live, chosen in product.ranges ? chosen : "");
}

/** The colours that are still sold, and the chosen one in any case. */
export function colourNames(colours: Record<string, Range>, chosen: string): readonly Named[] {
  return withChosen(once(colours, () => Object.keys(colours).filter((name) => !colours[name]?.discontinued)), chosen);
}

/** Those that hold every word of the search. */
export function found(names: readonly Named[], search: string): readonly Named[] {
  const words = plain(search).split(/\s+/).filter(Boolean);
  return words.length ? names.filter((one) => words.every((word) => one.plain.includes(word))) : names;
}

function once(of: object, names: () => string[]): readonly Named[] {
  const known = sorted.get(of);
  if (known) return known;
  const made = names().sort(order.compare).map(named);
  sorted.set(of, made);
  return made;
}

function withChosen(names: readonly Named[], chosen: string): readonly Named[] {
  if (!chosen || names.some((one) => one.name === chosen)) return names;
  return [...names, named(chosen)].sort((a, b) => order.compare(a.name, b.name));
}

const plain = (text: string): string => text.toLocaleLowerCase();
const named = (name: string): Named => ({ name, plain: plain(name) });
