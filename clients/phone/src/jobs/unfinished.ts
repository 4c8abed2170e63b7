/** The windows that keep a proposal from having its whole price. */
import type { Problem, QuoteResult } from "../pricing/format.ts";
import type { Item, Proposal } from "./model.ts";

export interface Unfinished {
  item: Item;
  /** The first thing that is wrong or missing; null where no price was worked out at all. */
  problem: Problem | null;
}

export function unfinished(proposal: Proposal, totals: QuoteResult | null): Unfinished[] {
  return proposal.items.flatMap((item) => {
    const line = totals?.lines.find((one) => one.id === item.id);
    const problem = line?.problems.find((one) => one.severity === "error") ?? null;
    return line?.ok && !problem ? [] : [{ item, problem }];
  });
}
