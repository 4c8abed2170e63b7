import { t } from "../../i18n/t.ts";
import type { Item } from "../../jobs/model.ts";
import { parseSize, pressKey, sizeDigits, type Unit } from "../../jobs/size.ts";
import { chosenUnit } from "../../state/preferences.ts";
import { unit } from "../../state/unit.ts";
import { Icon } from "../../ui/icon.tsx";
import { typed } from "./typed.ts";

export type SizeField = "width" | "drop";

interface KeypadProps {
  field: SizeField;
  item: Item;
  set: (part: Partial<Item>) => void;
  onField: (field: SizeField | null) => void;
}

const UNITS: readonly Unit[] = ["mm", "cm", "inch"];

/** Our own keypad for measurements: width, next, drop, done, without moving the thumb. */
export function Keypad({ field, item, set, onField }: KeypadProps) {
  const press = (key: string): void => {
    const before = typed.value[field] ?? "";
    const start = key === "back" && before === "" ? sizeDigits(item[field], unit.value) : before;
    const text = pressKey(start, key, unit.value);
    typed.value = { ...typed.value, [field]: text };
    set({ [field]: parseSize(text, unit.value) ?? 0 });
  };
  const next = (): void => {
    typed.value = {};
    onField(field === "width" ? "drop" : null);
  };
  const nextUnit = (): void => {
    typed.value = {};
    chosenUnit.value = UNITS[(UNITS.indexOf(unit.value) + 1) % UNITS.length] ?? "mm";
  };
  return (
    <div class="keypad" role="group" aria-label={t("key.pad", { field: t(`size.${field}`) })} onMouseDown={(event) => event.preventDefault()}>
      <div class="inner">
        <Digits digits={["1", "2", "3"]} press={press} />
        <button type="button" aria-label={t("key.back")} onClick={() => press("back")}><Icon name="backspace" size={28} /></button>
        <Digits digits={["4", "5", "6"]} press={press} />
        <button type="button" class="word" onClick={nextUnit} aria-label={t("key.unit", { unit: unit.value })}>{unit.value}</button>
        <Digits digits={["7", "8", "9"]} press={press} />
        <button type="button" class="go" onClick={next}>{t(field === "width" ? "key.drop" : "part.done")}</button>
        <button type="button" class={`word${field === "width" ? " on" : ""}`} aria-pressed={field === "width"} onClick={() => { typed.value = {}; onField(field === "width" ? "drop" : "width"); }}>
          {t(field === "width" ? "key.tab.width" : "key.tab.drop")}
        </button>
        <button type="button" onClick={() => press("0")}>0</button>
        {unit.value === "mm"
          ? <button type="button" onClick={() => { press("0"); press("0"); }}>00</button>
          : <button type="button" aria-label={t("key.point")} onClick={() => press(".")}>.</button>}
      </div>
    </div>
  );
}

function Digits({ digits, press }: { digits: readonly string[]; press: (key: string) => void }) {
  return <>{digits.map((digit) => <button key={digit} type="button" onClick={() => press(digit)}>{digit}</button>)}</>;
}
