import { useSignal } from "@preact/signals";
import { t } from "../../i18n/t.ts";
import { PIN_MIN_LENGTH, weakPin } from "../../store/door.ts";
import { Note } from "../../ui/parts.tsx";
import { PinPad } from "./pin_pad.tsx";

/** Asks twice for a new PIN and hands it on once both are the same and it is not too simple. */
export function NewPin({ onChosen }: { onChosen: (pin: string) => Promise<void> }) {
  const first = useSignal("");
  const pin = useSignal("");
  const fault = useSignal("");
  const busy = useSignal(false);
  const next = async (): Promise<void> => {
    const weak = weakPin(pin.value);
    fault.value = weak ? t(`pin.weak.${weak}`) : "";
    if (weak) return void (pin.value = "");
    if (!first.value) return keepFirst();
    if (first.value !== pin.value) return startAgain();
    busy.value = true;
    await onChosen(pin.value);
  };
  const keepFirst = (): void => {
    first.value = pin.value;
    pin.value = "";
  };
  const startAgain = (): void => {
    fault.value = t("pin.differs");
    first.value = pin.value = "";
  };
  return (
    <div class="stack">
      <p class="centre strong">{t(first.value ? "pin.again" : "pin.choose")}</p>
      <PinPad pin={pin.value} onChange={(value) => (pin.value = value)} onDone={() => void next()} disabled={busy.value}
        label={t(first.value ? "pin.again" : "pin.choose")} ready={pin.value.length >= PIN_MIN_LENGTH}
        submit={t(busy.value ? "pin.busy" : first.value ? "pin.set" : "pin.next")} />
      {fault.value && <Note tone="warn">{fault.value}</Note>}
    </div>
  );
}
