import { t } from "../../i18n/t.ts";
import { money } from "../../jobs/money.ts";
import { problemMessage, stepLabel } from "../../pricing/engine.ts";
import type { Line } from "../../pricing/format.ts";
import { currency } from "../../state/currency.ts";
import { Note } from "../../ui/parts.tsx";
import { Sheet } from "../../ui/sheet.tsx";

/** How each penny came about: a sentence, then the steps that add up to the price. */
export function Why({ line, onClose }: { line: Line; onClose: () => void }) {
  const cloth = [line.product_name, line.range, line.colour].filter(Boolean).join(", ");
  return (
    <Sheet title={t("why.title")} onClose={onClose}>
      <p>{line.ok ? t("why.sentence", { count: line.quantity, cloth, price: money(line.total, currency.value) }) : t("why.not_yet")}</p>
      {line.problems.map((problem, at) => <Note key={at} tone={problem.severity === "error" ? "bad" : "warn"}>{problemMessage(problem)}</Note>)}
      {line.ok && (
        <table class="ledger">
          <tbody>
            {line.steps.map((step, at) => <tr key={at}><td class={step.amount ? "" : "muted"}>{stepLabel(step)}</td><td>{step.amount ? money(step.amount, currency.value) : ""}</td></tr>)}
            <tr class="sum"><th scope="row">{t("why.total")}</th><td>{money(line.total, currency.value)}</td></tr>
          </tbody>
        </table>
      )}
    </Sheet>
  );
}
