/** What a proposal costs, by the shop's engine, with the catalogue version that the quote was begun with. */
import { catalogues, notOpen } from "../catalogue/open.ts";
import { priceQuote } from "../pricing/engine.ts";
import type { Catalogue, PricedItem, Quote, QuoteResult } from "../pricing/format.ts";
import { chosenProposal, type Item, type JobDocument, type Proposal } from "./model.ts";

export function catalogueOf(doc: JobDocument): Catalogue | null {
  return catalogues.value.get(doc.catalogue_version) ?? null;
}

export function questionOf(doc: JobDocument, proposal: Proposal, maxDiscountBp: number): Quote {
  return {
    items: proposal.items.map(pricedItem), date: doc.date, discount: doc.discount, deposit: doc.deposit,
    max_discount_bp: maxDiscountBp,
  };
}

export function pricedItem(item: Item): PricedItem {
  const { id, product, range, colour, width, drop, quantity, mount, choices, discount_bp, panels } = item;
  return { id, product, range, colour, width, drop, quantity, mount, choices, discount_bp: discount_bp ?? 0, ...(panels && { panels }) };
}

/** Null where this phone has not (or no longer) the catalogue version of the quote, or not yet opened its products. */
export function priceProposal(doc: JobDocument, proposal: Proposal, maxDiscountBp: number): QuoteResult | null {
  const catalogue = catalogueOf(doc);
  if (!catalogue || notOpen(doc.catalogue_version, proposal.items.map((item) => item.product)).length) return null;
  return priceQuote(catalogue, questionOf(doc, proposal, maxDiscountBp));
}

/** The document with the totals of its chosen proposal as they are now. */
export function withTotals(doc: JobDocument, maxDiscountBp: number): JobDocument {
  const totals = priceProposal(doc, chosenProposal(doc), maxDiscountBp);
  return totals ? { ...doc, totals } : doc;
}
