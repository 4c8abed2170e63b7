import { useSignal } from "@preact/signals";
import { held } from "../../catalogue/versions.ts";
import { t } from "../../i18n/t.ts";
import { chosenProposal, type Job, type JobDocument } from "../../jobs/model.ts";
import { money } from "../../jobs/money.ts";
import { change, repriced } from "../../jobs/work.ts";
import type { Line, QuoteResult } from "../../pricing/format.ts";
import { isEditor } from "../../state/editor.ts";
import { Button, Note } from "../../ui/parts.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { say } from "../../ui/toast.tsx";

/** The catalogue moved on while this quote was open: it keeps its prices, and shows what the new ones would change. */
export function NewPrices({ job }: { job: Job }) {
  const offer = useSignal<JobDocument | null>(null);
  if (job.doc.catalogue_version === held.value || job.doc.catalogue_version > held.value) return null;
  const look = async (): Promise<void> => void (offer.value = await repriced(job));
  return (
    <Note icon="bell">
      {t("reprice.words", { mine: job.doc.catalogue_version, newest: held.value })}
      <div><Button onClick={() => void look()}>{t("reprice.look")}</Button></div>
      {offer.value && <Differences before={job.doc} after={offer.value} onClose={() => (offer.value = null)} />}
    </Note>
  );
}

function Differences({ before, after, onClose }: { before: JobDocument; after: JobDocument; onClose: () => void }) {
  const use = (): void => {
    change(before.job_ref, (now) => ({ ...now, catalogue_version: after.catalogue_version, date: after.date, valid_until: after.valid_until }));
    say(t("reprice.done"), () => change(before.job_ref, (now) => ({ ...now, catalogue_version: before.catalogue_version, date: before.date, valid_until: before.valid_until })));
    onClose();
  };
  const currency = after.totals?.currency ?? "GBP";
  return (
    <Sheet title={t("reprice.title")} onClose={onClose}>
      <table class="ledger">
        <thead><tr><th scope="col">{t("reprice.window")}</th><th scope="col">{t("reprice.change")}</th></tr></thead>
        <tbody>
          {chosenProposal(before).items.map((item) => (
            <tr key={item.id}><td>{item.label}</td><td>{difference(lineOf(before.totals, item.id), lineOf(after.totals, item.id), currency)}</td></tr>
          ))}
          <tr class="sum"><th scope="row">{t("sum.total")}</th><td>{money(before.totals?.total ?? 0, currency)} → {after.totals?.ok ? money(after.totals.total, currency) : "–"}</td></tr>
        </tbody>
      </table>
      {!after.totals?.ok && <Note tone="warn">{t("reprice.not_ok")}</Note>}
      <Button kind="primary" tall wide disabled={!isEditor.value} onClick={use}>{t("reprice.use")}</Button>
      <Button tall wide onClick={onClose}>{t("reprice.keep")}</Button>
    </Sheet>
  );
}

const lineOf = (totals: QuoteResult | null, id: string): Line | undefined => totals?.lines.find((line) => line.id === id);

function difference(before: Line | undefined, after: Line | undefined, currency: string): string {
  if (!after?.ok) return t("reprice.gone");
  const was = before?.ok ? before.total : 0;
  if (was === after.total) return t("reprice.same");
  return `${money(was, currency)} → ${money(after.total, currency)}`;
}
