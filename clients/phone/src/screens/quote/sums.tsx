import { t } from "../../i18n/t.ts";
import { money, percent } from "../../jobs/money.ts";
import type { QuoteResult } from "../../pricing/format.ts";

/** From goods to the balance: every figure between, none that is nothing. */
export function Sums({ totals }: { totals: QuoteResult | null }) {
  if (!totals?.lines.length) return null;
  const isWhole = totals.lines.every((line) => line.ok);
  const say = (amount: number): string => money(amount, totals.currency);
  const row = (words: string, amount: number) => amount !== 0 && <tr><td>{words}</td><td>{say(amount)}</td></tr>;
  return (
    <table class="ledger">
      <tbody>
        {row(t("sum.goods"), totals.goods)}
        {row(t("sum.item_discounts"), -totals.item_discounts)}
        {row(t("sum.discount"), -totals.quote_discount)}
        {row(t("sum.fitting"), totals.fitting)}
        {row(t("sum.minimum", { minimum: say(totals.goods - totals.item_discounts - totals.quote_discount + totals.minimum_charge) }), totals.minimum_charge)}
        {!totals.prices_include_tax && totals.taxes.map((tax) => <tr key={tax.key}><td>{t("sum.tax", { rate: percent(tax.bp) })}</td><td>{say(tax.tax)}</td></tr>)}
        <tr class="sum"><th scope="row">{t(isWhole ? "sum.total" : "sum.so_far")}</th><td>{totals.lines.some((line) => line.ok) ? say(totals.total) : "–"}</td></tr>
        {totals.prices_include_tax && totals.taxes.map((tax) => <tr key={tax.key} class="muted"><td>{t("sum.tax.within", { rate: percent(tax.bp) })}</td><td>{say(tax.tax)}</td></tr>)}
        {isWhole && row(t("sum.deposit"), totals.deposit)}
        {isWhole && totals.deposit > 0 && row(t("sum.balance"), totals.balance)}
      </tbody>
    </table>
  );
}
