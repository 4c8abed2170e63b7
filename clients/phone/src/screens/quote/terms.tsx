import { useSignal } from "@preact/signals";
import { t } from "../../i18n/t.ts";
import { patch } from "../../jobs/actions.ts";
import type { JobDocument } from "../../jobs/model.ts";
import { parseMoney, parsePercent, percent } from "../../jobs/money.ts";
import { catalogueOf } from "../../jobs/price.ts";
import { change } from "../../jobs/work.ts";
import { isEditor } from "../../state/editor.ts";
import { session } from "../../state/session.ts";
import { Field } from "../../ui/field.tsx";
import { Segments } from "../../ui/parts.tsx";

type DiscountKind = "none" | "percent" | "amount";
type DepositKind = "shop" | "none" | "percent" | "amount";

/** Discount, within what this User may give, and deposit. */
export function Terms({ doc }: { doc: JobDocument }) {
  const set = (part: Partial<JobDocument>): void => change(doc.job_ref, patch(part));
  const limit = Math.min(session.value?.user.max_discount_bp ?? 0, catalogueOf(doc)?.settings.max_discount_bp ?? 10_000);
  const discount: DiscountKind = doc.discount?.kind ?? "none";
  const deposit: DepositKind = doc.deposit?.kind ?? "shop";
  const chooseDiscount = (kind: DiscountKind): void => set({ discount: kind === "none" ? null : kind === "percent" ? { kind, bp: 0 } : { kind, amount: 0 } });
  const chooseDeposit = (kind: DepositKind): void => set({ deposit: kind === "shop" ? null : kind === "none" ? { kind } : kind === "percent" ? { kind, bp: 5000 } : { kind, amount: 0 } });
  return (
    <>
      <div class="stack tight">
        <Segments name="discount" legend={t("discount.title")} value={discount} disabled={!isEditor.value} onChange={chooseDiscount}
          options={[["none", t("discount.none")], ["percent", t("terms.percent")], ["amount", t("terms.amount")]]} />
        {discount !== "none" && <p class="hint">{t("discount.limit", { limit: percent(limit) })}</p>}
        {doc.discount?.kind === "percent" && <Share key="dp" label={t("discount.percent")} bp={doc.discount.bp} onBp={(bp) => set({ discount: { kind: "percent", bp } })} />}
        {doc.discount?.kind === "amount" && <Amount key="da" label={t("discount.amount")} amount={doc.discount.amount} onAmount={(amount) => set({ discount: { kind: "amount", amount } })} />}
      </div>
      <div class="stack tight">
        <Segments name="deposit" legend={t("deposit.title")} value={deposit} disabled={!isEditor.value} onChange={chooseDeposit}
          options={[["shop", t("deposit.shop")], ["none", t("deposit.none")], ["percent", t("terms.percent")], ["amount", t("terms.amount")]]} />
        {doc.deposit?.kind === "percent" && <Share key="ep" label={t("deposit.percent")} bp={doc.deposit.bp} onBp={(bp) => set({ deposit: { kind: "percent", bp } })} />}
        {doc.deposit?.kind === "amount" && <Amount key="ea" label={t("deposit.amount")} amount={doc.deposit.amount} onAmount={(amount) => set({ deposit: { kind: "amount", amount } })} />}
      </div>
    </>
  );
}

const shown = (hundredths: number): string => (hundredths ? String(hundredths / 100) : "");

function Share({ label, bp, onBp }: { label: string; bp: number; onBp: (bp: number) => void }) {
  return <Figure label={label} start={shown(bp)} parse={parsePercent} onValue={onBp} wrong={t("check.percent")} />;
}

function Amount({ label, amount, onAmount }: { label: string; amount: number; onAmount: (amount: number) => void }) {
  return <Figure label={label} start={shown(amount)} parse={parseMoney} onValue={onAmount} wrong={t("check.money")} />;
}

interface FigureProps {
  label: string;
  start: string;
  parse: (typed: string) => number | null;
  onValue: (value: number) => void;
  wrong: string;
}

/** Keeps what is typed as it is typed; only a readable figure reaches the quote. */
function Figure({ label, start, parse, onValue, wrong }: FigureProps) {
  const text = useSignal(start);
  const faulty = text.value !== "" && parse(text.value) === null;
  const type = (typed: string): void => {
    text.value = typed;
    const value = typed === "" ? 0 : parse(typed);
    if (value !== null) onValue(value);
  };
  return <Field label={label} inputMode="decimal" value={text.value} onInput={type} error={faulty ? wrong : ""} disabled={!isEditor.value} />;
}
