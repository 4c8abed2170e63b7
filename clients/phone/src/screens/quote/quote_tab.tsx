import { useSignal } from "@preact/signals";
import { t } from "../../i18n/t.ts";
import { customerFaults, type Blocker } from "../../jobs/validate.ts";
import { chosenProposal } from "../../jobs/model.ts";
import { complete } from "../../jobs/work.ts";
import { problemMessage } from "../../pricing/engine.ts";
import { isEditor } from "../../state/editor.ts";
import { storageFull } from "../../state/jobs.ts";
import { go, href } from "../../state/router.ts";
import { Icon } from "../../ui/icon.tsx";
import { Button, Mark, Note } from "../../ui/parts.tsx";
import { Screen } from "../../ui/screen.tsx";
import type { TabProps } from "../job/frame.ts";
import { Proposals } from "../job/proposals.tsx";
import { NewPrices } from "./new_prices.tsx";
import { Standing } from "./standing.tsx";
import { Terms } from "./terms.tsx";
import { SmallOrder } from "./small_order.tsx";
import { Sums } from "./sums.tsx";
import { UnfinishedNote } from "./unfinished_note.tsx";

/** The sum, the terms, the signature, and the last button: complete. */
export function QuoteTab({ job, frame }: TabProps) {
  const { doc } = job;
  const standing = useSignal<readonly Blocker[]>([]);
  const asking = useSignal(false);
  const finish = async (acceptSmall = false): Promise<void> => {
    const found = await complete(doc.job_ref, acceptSmall);
    asking.value = found.isSmall;
    standing.value = found.blockers;
    if (!found.isSmall && !found.blockers.length) go("job", doc.job_ref);
  };
  const problems = doc.totals?.problems.filter((problem) => !problem.item) ?? [];
  return (
    <Screen {...frame} bottom={<>
      <Button icon="eye" tall onClick={() => go("job", doc.job_ref, "paper")}>{t("quote.show")}</Button>
      <Button kind="primary" icon="check" tall disabled={!isEditor.value || storageFull.value} onClick={() => void finish()}>{t("quote.complete")}</Button>
    </>}>
      {standing.value.length > 0 && <Standing doc={doc} blockers={standing.value} />}
      <NewPrices job={job} />
      <Proposals doc={doc} />
      {!standing.value.length && <UnfinishedNote doc={doc} proposal={chosenProposal(doc)} totals={doc.totals} />}
      <Sums totals={doc.totals} />
      {problems.map((problem, at) => <Note key={at} tone={problem.severity === "error" ? "bad" : "warn"}>{problemMessage(problem)}</Note>)}
      <Terms doc={doc} />
      <Signed job={job} />
      {!doc.customer.email && chosenProposal(doc).items.length > 0 && !customerFaults(doc.customer, false).email && <Note icon="mail">{t("quote.no_email")}</Note>}
      {asking.value && <SmallOrder doc={doc} onAccept={() => void finish(true)} onClose={() => (asking.value = false)} />}
    </Screen>
  );
}

function Signed({ job }: { job: TabProps["job"] }) {
  const { signature, job_ref } = job.doc;
  return (
    <a class="picker" href={href("job", job_ref, "sign")}>
      <Icon name="signature" />
      <span class="grow"><span class="strong">{t("sign.title")}</span><br /><span class="small muted">{signature ? t("sign.by", { name: signature.name }) : t("sign.none")}</span></span>
      {signature ? <Mark tone="good">{t("sign.done")}</Mark> : <Icon name="chevron-right" size={20} />}
    </a>
  );
}
