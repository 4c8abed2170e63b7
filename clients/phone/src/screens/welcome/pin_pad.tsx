import { useEffect } from "preact/hooks";
import { t } from "../../i18n/t.ts";
import { Icon } from "../../ui/icon.tsx";

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "", "0", "back"] as const;
const LONGEST = 12;

interface PinPadProps {
  pin: string;
  onChange: (pin: string) => void;
  onDone: () => void;
  label: string;
  disabled?: boolean;
  submit: string;
  ready: boolean;
}

/** Digits under the thumb. A real keyboard works too; no input element means no password manager in the way. */
export function PinPad({ pin, onChange, onDone, label, disabled, submit, ready }: PinPadProps) {
  const press = (key: string): void => {
    if (disabled) return;
    if (key === "back") onChange(pin.slice(0, -1));
    else if (key && pin.length < LONGEST) onChange(pin + key);
  };
  useEffect(() => {
    const typed = (event: KeyboardEvent): void => {
      if (/^\d$/.test(event.key)) press(event.key);
      if (event.key === "Backspace") press("back");
      if (event.key === "Enter" && ready && !disabled && !(event.target instanceof HTMLButtonElement)) onDone();
    };
    addEventListener("keydown", typed);
    return () => removeEventListener("keydown", typed);
  });
  return (
    <div class="stack" role="group" aria-label={label}>
      <div class="pin-dots" role="status" aria-label={t("pin.digits", { count: pin.length })}>
        {Array.from({ length: Math.max(6, pin.length) }, (_, at) => <i key={at} class={at < pin.length ? "full" : ""} />)}
      </div>
      <div class="pin-pad">
        {KEYS.map((key) => (key
          ? <button key={key} type="button" disabled={disabled} aria-label={key === "back" ? t("key.back") : key} onClick={() => press(key)}>
              {key === "back" ? <Icon name="backspace" size={28} /> : key}
            </button>
          : <span key="gap" />))}
      </div>
      <button type="button" class="button primary tall wide" disabled={disabled || !ready} onClick={onDone}>{submit}</button>
    </div>
  );
}
