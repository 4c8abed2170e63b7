import { useSignal } from "@preact/signals";
import { t } from "../../i18n/t.ts";
import { addItem, nextLabel } from "../../jobs/actions.ts";
import { newItem } from "../../jobs/create.ts";
import type { Item, Job } from "../../jobs/model.ts";
import { money } from "../../jobs/money.ts";
import { change } from "../../jobs/work.ts";
import type { Line } from "../../pricing/format.ts";
import { isEditor } from "../../state/editor.ts";
import { currency } from "../../state/currency.ts";
import { go, replace } from "../../state/router.ts";
import { Button } from "../../ui/parts.tsx";
import { Why } from "./why.tsx";

/** The price as it stands, why, and on to the next window. */
export function PriceBar({ job, item, line }: { job: Job; item: Item; line: Line | null }) {
  const why = useSignal(false);
  const next = (): void => {
    const following = { ...newItem(item.room, nextLabel(job.doc, item.room, t("windows.label"))), product: item.product, range: item.range, colour: item.colour, mount: item.mount };
    change(job.doc.job_ref, addItem(following));
    replace("job", job.doc.job_ref, "item", following.id);
  };
  return (
    <>
      <button type="button" class="price grow" onClick={() => (why.value = true)} disabled={!line} aria-label={line?.ok ? t("why.open", { price: money(line.total, currency.value) }) : t("why.title")}>
        <span class="figure">{line?.ok ? money(line.total, currency.value) : t("why.no_price")}</span>
        {line && <span class="small">{t("why.short")}</span>}
      </button>
      {line?.ok
        ? <Button kind="primary" tall disabled={!isEditor.value} onClick={next}>{t("item.next")}</Button>
        : <Button tall onClick={() => go("job", job.doc.job_ref, "windows")}>{t("part.done")}</Button>}
      {why.value && line && <Why line={line} onClose={() => (why.value = false)} />}
    </>
  );
}
