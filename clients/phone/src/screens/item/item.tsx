import { useSignal } from "@preact/signals";
import { t } from "../../i18n/t.ts";
import { patchItem, roomOf } from "../../jobs/actions.ts";
import type { Item, Job } from "../../jobs/model.ts";
import { money } from "../../jobs/money.ts";
import { catalogueOf, pricedItem } from "../../jobs/price.ts";
import { change } from "../../jobs/work.ts";
import { applyRules, priceLine } from "../../pricing/engine.ts";
import { familyOf, type Line, type Product } from "../../pricing/format.ts";
import { currency } from "../../state/currency.ts";
import { isEditor } from "../../state/editor.ts";
import { go } from "../../state/router.ts";
import { Field } from "../../ui/field.tsx";
import { Segments, Stepper } from "../../ui/parts.tsx";
import { Screen } from "../../ui/screen.tsx";
import { Cloth } from "./cloth.tsx";
import { Extras } from "./extras.tsx";
import { ItemMenu } from "./item_menu.tsx";
import { Keypad, type SizeField } from "./keypad.tsx";
import { Pictures } from "./pictures.tsx";
import { PriceBar } from "./price_bar.tsx";
import { Problems } from "./problems.tsx";
import { Sizes } from "./sizes.tsx";
import { WindowDrawing } from "./window_drawing.tsx";

export interface ItemPart {
  job: Job;
  item: Item;
}

/** One window: what hangs there, how large, with what, for how much. */
export function ItemScreen({ job, item }: ItemPart) {
  const { doc } = job;
  const field = useSignal<SizeField | null>(null);
  const product = catalogueOf(doc)?.products[item.product] ?? null;
  const line = product ? priceLine(catalogueOf(doc)!, pricedItem(item), doc.date) : null;
  const set = (part: Partial<Item>): void => change(doc.job_ref, patchItem(item.id, part));
  const typing = field.value !== null;
  return (
    <Screen title={item.label} subtitle={`${roomOf(doc, item.room)?.name ?? ""} · ${doc.number}`} back={() => go("job", doc.job_ref, "windows")}
      actions={<ItemMenu job={job} item={item} />}
      footer={typing && <Keypad field={field.value ?? "width"} item={item} set={set} onField={(next) => (field.value = next)} />}
      bottom={!typing && <PriceBar job={job} item={item} line={line} />}>
      <Measured item={item} product={product} line={line} field={field.value} onField={(next) => (field.value = next)} set={set} />
      {typing && <Live line={line} />}
      {!typing && <Details job={job} item={item} product={product} line={line} set={set} />}
    </Screen>
  );
}

/** While a size is typed, what it means for the price stays in sight above the keypad. */
function Live({ line }: { line: Line | null }) {
  return (
    <div class="stack tight">
      <Problems line={line} />
      {line?.ok && <p class="row apart wrap"><span class="muted two-lines">{line.product_name}</span><span class="figure">{money(line.total, currency.value)}</span></p>}
    </div>
  );
}

interface DetailProps extends ItemPart {
  product: Product | null;
  line: Line | null;
  set: (part: Partial<Item>) => void;
}

type MeasuredProps = Omit<DetailProps, "job"> & { field: SizeField | null; onField: (next: SizeField | null) => void };

function Measured({ item, product, line, field, onField, set }: MeasuredProps) {
  if (product?.method === "piece") return null;
  return (
    <div class="stack">
      <WindowDrawing item={item} family={familyOf(product)} />
      <Sizes item={item} active={field} onField={onField} set={set} problems={line?.problems ?? []} />
      {!field && (
        <Segments name="mount" legend={t("mount.title")} value={item.mount} disabled={!isEditor.value}
          options={[["recess", t("mount.recess")], ["exact", t("mount.exact")]]} onChange={(mount) => set({ mount })} />
      )}
    </div>
  );
}

function Details({ job, item, product, line, set }: DetailProps) {
  const catalogue = catalogueOf(job.doc);
  if (!catalogue) return null;
  return (
    <>
      <Problems line={line} />
      <Cloth job={job} item={item} product={product} set={set} />
      {product && <Extras product={product} item={item} ruled={applyRules(catalogue, pricedItem(item))} set={set} />}
      <div class="row apart">
        <h2>{t("item.quantity")}</h2>
        <Stepper label={t("item.quantity")} value={item.quantity} onChange={(quantity) => set({ quantity })} />
      </div>
      <Pictures job={job} item={item} />
      <Field label={t("item.notes")} lines={2} value={item.notes} onInput={(notes) => set({ notes })} disabled={!isEditor.value} />
    </>
  );
}
