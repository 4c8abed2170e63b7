import type { ComponentChildren } from "preact";
import { t } from "../../i18n/t.ts";

const STEPS = 3;

/** The frame of every screen before the work: brand, step, one thing to do. */
export function Gate({ step = 0, children }: { step?: number; children: ComponentChildren }) {
  return (
    <main class="gate">
      <div class="brand"><img src="/mobile/icon.svg" alt="" width="40" height="40" />{t("app.name")}</div>
      {step > 0 && (
        <ol class="steps" aria-label={t("gate.step", { step, steps: STEPS })}>
          {Array.from({ length: STEPS }, (_, at) => <li key={at} class={at < step ? "done" : ""} />)}
        </ol>
      )}
      {children}
    </main>
  );
}
