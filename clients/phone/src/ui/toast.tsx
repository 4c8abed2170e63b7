import { signal } from "@preact/signals";
import { Button } from "./parts.tsx";
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
    <div role="status" aria-live="polite">
      {toast && (
        <div class="toast rise">
          <span class="grow">{toast.words}</span>
          {toast.undo && <Button kind="plain" onClick={undo}>{t("part.undo")}</Button>}
        </div>
      )}
    </div>
  );
}
