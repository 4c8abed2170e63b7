import { useEffect, useRef } from "preact/hooks";
import { t } from "../../i18n/t.ts";
import type { Item } from "../../jobs/model.ts";
import { parseSize, sizeDigits } from "../../jobs/size.ts";
import type { Problem } from "../../pricing/format.ts";
import { unit } from "../../state/unit.ts";
import { typed } from "./typed.ts";
import type { SizeField } from "./keypad.tsx";

interface SizesProps {
  item: Item;
  active: SizeField | null;
  onField: (field: SizeField | null) => void;
  set: (part: Partial<Item>) => void;
  problems: readonly Problem[];
}

const FIELDS: readonly SizeField[] = ["width", "drop"];

/** The two measurements in big figures. A tap opens our keypad; a real keyboard types straight in. */
export function Sizes(props: SizesProps) {
  return <div class="sizes">{FIELDS.map((field) => <Size key={field} field={field} {...props} />)}</div>;
}

function Size({ field, item, active, onField, set, problems }: SizesProps & { field: SizeField }) {
  const input = useRef<HTMLInputElement>(null);
  const mine = active === field;
  useEffect(() => void (mine && input.current?.focus({ preventScroll: true })), [mine]);
  const faulty = problems.some((problem) => problem.field === field && problem.severity === "error") && item[field] > 0;
  const take = (text: string): void => {
    typed.value = { ...typed.value, [field]: text };
    const mm = parseSize(text, unit.value);
    if (mm !== null || text === "") set({ [field]: mm ?? 0 });
  };
  const keys = (event: KeyboardEvent): void => {
    if (event.key === "Enter") onField(field === "width" ? "drop" : null);
    if (event.key === "Escape") onField(null);
  };
  return (
    <label class={`size${mine ? " active" : ""}${faulty ? " bad" : ""}`}>
      <span class="label">{t(`size.${field}`)}</span>
      <span class="with-unit">
        <input ref={input} inputMode="none" autocomplete="off" value={typed.value[field] ?? sizeDigits(item[field], unit.value)} placeholder="–"
          aria-invalid={faulty} onFocus={() => { if (!mine) onField(field); typed.value = {}; input.current?.select(); }}
          onInput={(event) => take(event.currentTarget.value)} onKeyDown={keys} />
        <span class="muted">{unit.value === "inch" ? "in" : unit.value}</span>
      </span>
    </label>
  );
}
