import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { t } from "../../i18n/t.ts";
import type { Product, Range } from "../../pricing/format.ts";
import { Icon } from "../../ui/icon.tsx";
import { LongList } from "../../ui/long_list.tsx";
import { CataloguePicture } from "./catalogue_picture.tsx";
import { colourNames, found, liveCount, rangeNames, type Named } from "./names.ts";

const FEW = 12;

interface SearchedProps {
  names: readonly Named[];
  look: string;
  perBlock: number;
  row: (name: string, at: number, of: number) => preact.ComponentChildren;
}

/** A list of names with a search above it, where there are more than one sees at a glance. */
function Searched({ names, look, perBlock, row }: SearchedProps) {
  const search = useSignal("");
  const field = useRef<HTMLInputElement>(null);
  const shown = found(names, search.value);
  const type = (words: string): void => {
    search.value = words;
    field.current?.closest(".inside")?.scrollTo(0, 0);
  };
  return (
    <>
      {names.length > FEW && (
        <div class="search">
          <input ref={field} class="input" type="search" autocomplete="off" placeholder={t("cloth.filter")} aria-label={t("cloth.filter")}
            value={search.value} onInput={(event) => type(event.currentTarget.value)} />
          <p class="tiny muted" role="status">{t("cloth.found", { count: shown.length })}</p>
        </div>
      )}
      {!shown.length && <p class="muted">{t("cloth.none")}</p>}
      <LongList items={shown} look={look} perBlock={perBlock} row={({ name }, at, of) => row(name, at, of)} />
    </>
  );
}

interface RangeListProps {
  product: Product;
  chosen: string;
  onPick: (range: string) => void;
}

export function RangeList({ product, chosen, onPick }: RangeListProps) {
  return (
    <Searched names={rangeNames(product, chosen)} look="" perBlock={20} row={(name, at, of) => (
      <div key={name} role="listitem" aria-posinset={at + 1} aria-setsize={of}>
        <button type="button" class={`entry${name === chosen ? " chosen" : ""}`} onClick={() => onPick(name)}>
          <span class="grow"><span class="strong words">{name}</span><br /><span class="small muted">{bandsOf(product, name)} · {t("cloth.colours", { count: liveCount(product.ranges[name] ?? {}) })}</span></span>
          {name === chosen && <Icon name="check" />}
        </button>
      </div>
    )} />
  );
}

function bandsOf(product: Product, range: string): string {
  const used = new Set(Object.values(product.ranges[range] ?? {}).map((one) => one.band));
  return t("cloth.bands", { bands: product.bands.filter((band) => used.has(band.id)).map((band) => band.name).join(", ") });
}

interface ColourListProps {
  version: number;
  colours: Record<string, Range>;
  chosen: string;
  onPick: (colour: string) => void;
}

export function ColourList({ version, colours, chosen, onPick }: ColourListProps) {
  return (
    <Searched names={colourNames(colours, chosen)} look="swatches" perBlock={12} row={(name, at, of) => (
      <div key={name} role="listitem" aria-posinset={at + 1} aria-setsize={of}>
        <button type="button" class={`colour${name === chosen ? " chosen" : ""}`} aria-pressed={name === chosen} onClick={() => onPick(name)}>
          <CataloguePicture version={version} id={colours[name]?.picture} name={name} />
          {name}
          {colours[name]?.discontinued && <span class="tiny muted">{t("cloth.discontinued")}</span>}
        </button>
      </div>
    )} />
  );
}
