import { t } from "../../i18n/t.ts";
import { patch } from "../../jobs/actions.ts";
import type { JobDocument, Proposal } from "../../jobs/model.ts";
import { change } from "../../jobs/work.ts";
import { unfinished } from "../../jobs/unfinished.ts";
import type { QuoteResult } from "../../pricing/format.ts";
import { href } from "../../state/router.ts";
import { Note } from "../../ui/parts.tsx";

interface UnfinishedProps {
  doc: JobDocument;
  proposal: Proposal;
  totals: QuoteResult | null;
}

/** Why there is no whole total yet, with the way to what lacks something. */
export function UnfinishedNote(props: UnfinishedProps) {
  const link = UnfinishedLink(props);
  return link && <Note tone="warn" icon="circle-dashed">{link} {t("unfinished.words")}</Note>;
}

export function UnfinishedLink({ doc, proposal, totals }: UnfinishedProps) {
  const left = unfinished(proposal, totals);
  const first = left[0]?.item;
  if (!first) return null;
  const way = left.length === 1 ? href("job", doc.job_ref, "item", first.id) : href("job", doc.job_ref, "windows");
  return <a href={way} onClick={() => change(doc.job_ref, patch({ chosen: proposal.id }))}>{t("unfinished.count", { count: left.length })}</a>;
}
