import { useSignal } from "@preact/signals";
import { openProducts } from "../../catalogue/open.ts";
import { t } from "../../i18n/t.ts";
import type { Item, Job } from "../../jobs/model.ts";
import type { Product } from "../../pricing/format.ts";
import { isEditor } from "../../state/editor.ts";
import { Icon } from "../../ui/icon.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { CataloguePicture } from "./catalogue_picture.tsx";
import { ColourList, RangeList } from "./cloth_lists.tsx";
import { colourNames, rangeNames, type Named } from "./names.ts";
import { ProductList } from "./product_list.tsx";

interface ClothProps {
  job: Job;
  item: Item;
  product: Product | null;
  set: (part: Partial<Item>) => void;
}

type Step = "product" | "range" | "colour" | null;

/** Product, then range, then colour: each choice leads on to the next that is still open. */
export function Cloth({ job, item, product, set }: ClothProps) {
  const step = useSignal<Step>(null);
  const hasRanges = product !== null && rangeNames(product, item.range).length > 0;
  const pickProduct = async (id: string): Promise<void> => {
    if (id === item.product) return void (step.value = null);
    const picked = (await openProducts(job.doc.catalogue_version, [id]))?.products[id] ?? null;
    const range = onlyRange(picked);
    const colour = onlyColour(picked, range);
    set({ product: id, range, colour, choices: {} });
    step.value = colour ? null : range ? "colour" : "range";
  };
  const pickRange = (range: string): void => {
    const only = onlyColour(product, range);
    set({ range, colour: range === item.range ? item.colour : only });
    step.value = only ? null : "colour";
  };
  const pickColour = (colour: string): void => {
    set({ colour });
    step.value = null;
  };
  const range = product?.ranges[item.range]?.[item.colour];
  return (
    <section class="stack tight" aria-label={t("cloth.title")}>
      <Picker label={t("cloth.product")} value={product?.name ?? ""} onClick={() => (step.value = "product")} />
      {hasRanges && <Picker label={t("cloth.range")} value={item.range} onClick={() => (step.value = "range")} />}
      {hasRanges && item.range && (
        <Picker label={t("cloth.colour")} value={item.colour} onClick={() => (step.value = "colour")}
          picture={item.colour ? <CataloguePicture version={job.doc.catalogue_version} id={range?.picture} name={item.colour} /> : null} />
      )}
      {step.value === "product" && <Sheet title={t("cloth.product")} onClose={() => (step.value = null)} flush><ProductList doc={job.doc} chosen={item.product} onPick={(id) => void pickProduct(id)} /></Sheet>}
      {step.value === "range" && product && hasRanges && <Sheet title={t("cloth.range")} onClose={() => (step.value = null)} tall><RangeList product={product} chosen={item.range} onPick={pickRange} /></Sheet>}
      {step.value === "colour" && product && <Sheet title={item.range} onClose={() => (step.value = null)} tall><ColourList version={job.doc.catalogue_version} colours={product.ranges[item.range] ?? {}} chosen={item.colour} onPick={pickColour} /></Sheet>}
    </section>
  );
}

/** Where there is one only, nobody is asked. */
const onlyRange = (product: Product | null): string => only(product ? rangeNames(product, "") : []);
const onlyColour = (product: Product | null, range: string): string => only(colourNames(product?.ranges[range] ?? {}, ""));
const only = (names: readonly Named[]): string => (names.length === 1 ? (names[0]?.name ?? "") : "");

function Picker({ label, value, onClick, picture }: { label: string; value: string; onClick: () => void; picture?: preact.ComponentChildren }) {
  return (
    <button type="button" class="picker" onClick={onClick} disabled={!isEditor.value}>
      {picture}
      <span class="grow"><span class="tiny muted">{label}</span><br /><span class={value ? "strong words" : "muted"}>{value || t("cloth.choose")}</span></span>
      <Icon name="chevron-down" size={20} />
    </button>
  );
}
