import { t } from "../../i18n/t.ts";
import type { JobDocument, Proposal } from "../../jobs/model.ts";
import { money } from "../../jobs/money.ts";
import { priceProposal } from "../../jobs/price.ts";
import type { QuoteResult } from "../../pricing/format.ts";
import { who } from "../../state/session.ts";
import { Mark } from "../../ui/parts.tsx";

interface Offer {
  proposal: Proposal;
  totals: QuoteResult;
}

/** The other ways to fit the same windows, and what each comes to; unfinished ones are nobody's business but the surveyor's. */
export function Alternatives({ doc }: { doc: JobDocument }) {
  const offers = doc.proposals.flatMap((proposal) => offerOf(doc, proposal));
  if (offers.length < 2) return null;
  const chosen = offers.find((one) => one.proposal.id === doc.chosen)?.totals.total ?? null;
  return (
    <section class="stack tight">
      <h2>{t("paper.alternatives")}</h2>
      <ul class="offers">
        {offers.map(({ proposal, totals }) => (
          <li key={proposal.id} class={proposal.id === doc.chosen ? "chosen" : ""}>
            <span class="strong words">{proposal.name}</span>
            <span class="small muted words">{goodsOf(totals)}</span>
            <span class="sum">{money(totals.total, totals.currency)}</span>
            {proposal.id === doc.chosen ? <Mark tone="good">{t("paper.this")}</Mark> : <span class="small">{difference(totals, chosen)}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function offerOf(doc: JobDocument, proposal: Proposal): Offer[] {
  const totals = proposal.id === doc.chosen ? doc.totals : priceProposal(doc, proposal, who().user.max_discount_bp);
  return totals?.ok && totals.lines.length ? [{ proposal, totals }] : [];
}

function goodsOf(totals: QuoteResult): string {
  return [...new Set(totals.lines.map((line) => [line.product_name, line.range].filter(Boolean).join(" ")))].join(", ");
}

function difference(totals: QuoteResult, chosen: number | null): string {
  if (chosen === null || totals.total === chosen) return chosen === null ? "" : t("paper.same");
  const amount = money(Math.abs(totals.total - chosen), totals.currency);
  return t(totals.total > chosen ? "paper.more" : "paper.less", { amount });
}
