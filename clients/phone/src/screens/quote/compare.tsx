import { t } from "../../i18n/t.ts";
import { patch, removeProposal } from "../../jobs/actions.ts";
import type { Job, Proposal } from "../../jobs/model.ts";
import { money } from "../../jobs/money.ts";
import { priceProposal } from "../../jobs/price.ts";
import { change } from "../../jobs/work.ts";
import { isEditor } from "../../state/editor.ts";
import { go } from "../../state/router.ts";
import { who } from "../../state/session.ts";
import type { QuoteResult } from "../../pricing/format.ts";
import { Button, Mark } from "../../ui/parts.tsx";
import { Screen } from "../../ui/screen.tsx";
import { UnfinishedLink } from "./unfinished_note.tsx";
import { say } from "../../ui/toast.tsx";

/** The proposals side by side: same windows, other goods, and what each costs. */
export function Compare({ job }: { job: Job }) {
  const { doc } = job;
  const priced = doc.proposals.map((proposal) => [proposal, priceProposal(doc, proposal, who().user.max_discount_bp)] as const);
  const least = Math.min(...priced.filter(([, totals]) => totals?.ok).map(([, totals]) => totals?.total ?? 0));
  return (
    <Screen title={t("proposal.compare")} subtitle={doc.number} back={() => go("job", doc.job_ref, "windows")}>
      <ul class="compare">
        {priced.map(([proposal, totals]) => <Column key={proposal.id} job={job} proposal={proposal} totals={totals} least={least} />)}
      </ul>
    </Screen>
  );
}

interface ColumnProps {
  job: Job;
  proposal: Proposal;
  totals: QuoteResult | null;
  least: number;
}

function Column({ job, proposal, totals, least }: ColumnProps) {
  const { doc } = job;
  const chosen = proposal.id === doc.chosen;
  const choose = (): void => {
    change(doc.job_ref, patch({ chosen: proposal.id }));
    go("job", doc.job_ref, "windows");
  };
  const remove = (): void => {
    change(doc.job_ref, removeProposal(proposal.id));
    say(t("proposal.removed", { name: proposal.name }), () => change(doc.job_ref, patch({ proposals: doc.proposals, chosen: doc.chosen })));
  };
  return (
    <li class={chosen ? "chosen" : ""}>
      <div class="stack tight">
        <h2 class="words">{proposal.name}</h2>
        <p class="figure">{totals?.ok ? money(totals.total, totals.currency) : "–"}</p>
        <p class="small muted">{totals?.ok ? (totals.total > least ? t("compare.more", { amount: money(totals.total - least, totals.currency) }) : t("compare.least")) : <UnfinishedLink doc={doc} proposal={proposal} totals={totals} />}</p>
        {chosen && <Mark tone="good">{t("compare.chosen")}</Mark>}
      </div>
      <ul class="stack tight">{proposal.items.map((item) => <Row key={item.id} label={item.label} line={totals?.lines.find((one) => one.id === item.id)} currency={totals?.currency ?? "GBP"} />)}</ul>
      <div class="stack tight">
        <Button kind={chosen ? "" : "primary"} wide disabled={!isEditor.value} onClick={choose}>{t(chosen ? "compare.open" : "compare.choose")}</Button>
        {doc.proposals.length > 1 && <Button kind="plain" wide disabled={!isEditor.value} onClick={remove}>{t("compare.remove")}</Button>}
      </div>
    </li>
  );
}

function Row({ label, line, currency }: { label: string; line: QuoteResult["lines"][number] | undefined; currency: string }) {
  return (
    <li class="small">
      <span class="row apart"><span class="clip">{label}</span><span class="strong number">{line?.ok ? money(line.total, currency) : "–"}</span></span>
      <span class="muted words">{[line?.product_name, line?.range, line?.colour].filter(Boolean).join(", ")}</span>
    </li>
  );
}
