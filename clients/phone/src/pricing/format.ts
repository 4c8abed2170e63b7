/** The catalogue, items and prices: types written by the translation from the engine's own. */
import type { Item as EngineItem } from "../generated/pricing.js";

export type {
  Catalogue, Choices, Extra, ExtraState, Group, GroupState, Line, Problem, Product, Quote, QuoteResult, Range, RuleState, Step,
} from "../generated/pricing.js";

const FAMILIES = ["roller", "vertical", "venetian", "roman", "curtain", "shutter", "flooring", "other"] as const;
export type Family = (typeof FAMILIES)[number];

/** Which picture a product gets; a family that this app does not know yet is "other". */
export function familyOf(product: { family: string } | null): Family {
  return FAMILIES.find((family) => family === product?.family) ?? "other";
}

export type Mount = "recess" | "exact";

/** An item as the phone holds it: whatever may be absent for the engine is always there, so that nothing is guessed. */
export type PricedItem = EngineItem & { mount: Mount; discount_bp: number };

export type DepositRule = { kind: "none" } | { kind: "percent"; bp: number } | { kind: "amount"; amount: number };
export type Discount = { kind: "percent"; bp: number } | { kind: "amount"; amount: number };
export type Params = Record<string, string | number>;
