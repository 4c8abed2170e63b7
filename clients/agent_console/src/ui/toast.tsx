import { signal } from "@preact/signals";
import { t } from "../i18n/t.ts";

interface Toast {
  words: string;
  undo?: () => void;
}

const current = signal<Toast | null>(null);
const SHOWN_MS = 10_000;
let timer = 0;

/** Says what happened; with `undo` it can be taken back for ten seconds. */
export function say(words: string, undo?: () => void): void {
  clearTimeout(timer);
  current.value = undo ? { words, undo } : { words };
  timer = window.setTimeout(() => (current.value = null), undo ? SHOWN_MS : SHOWN_MS / 2);
}

export function ToastPlace() {
  const toast = current.value;
  const undo = (): void => {
    toast?.undo?.();
    current.value = null;
  };
  return (
    <div role="status" aria-live="polite" class="toasts">
      {toast && (
        <div class="toast rise">
          <span class="grow">{toast.words}</span>
          {toast.undo && <button type="button" class="button plain" onClick={undo}>{t("toast.undo")}</button>}
        </div>
      )}
    </div>
  );
}
