import { t } from "../../i18n/t.ts";
import { setQuantity, toggle } from "../../jobs/choices.ts";
import type { Item } from "../../jobs/model.ts";
import { money, percent } from "../../jobs/money.ts";
import type { Choices, Extra, ExtraState, Group, GroupState, Product, RuleState } from "../../pricing/format.ts";
import { isEditor } from "../../state/editor.ts";
import { currency } from "../../state/currency.ts";
import { Icon } from "../../ui/icon.tsx";
import { Mark, Stepper } from "../../ui/parts.tsx";

interface ExtrasProps {
  product: Product;
  item: Item;
  ruled: RuleState;
  set: (part: Partial<Item>) => void;
}

/** The extras by group, as the shop's rules allow them at this moment, with the shop's own reasons. */
export function Extras({ product, item, ruled, set }: ExtrasProps) {
  const choose = (choices: Choices): void => set({ choices });
  return (
    <>
      {product.extras.map((group) => {
        const rules = ruled.groups[group.id];
        return rules?.shown ? <GroupCard key={group.id} group={group} rules={rules} chosen={ruled.choices[group.id] ?? {}}
          pick={(extra) => choose(toggle(item.choices, ruled.choices, group, extra))}
          count={(extra, quantity) => choose(setQuantity(item.choices, ruled.choices, group, extra, quantity))} /> : null;
      })}
    </>
  );
}

interface GroupProps {
  group: Group;
  rules: GroupState;
  chosen: Record<string, number>;
  pick: (extra: string) => void;
  count: (extra: string, quantity: number) => void;
}

function GroupCard({ group, rules, chosen, pick, count }: GroupProps) {
  const missing = rules.required && Object.keys(chosen).length === 0;
  return (
    <fieldset class="stack tight" disabled={!isEditor.value}>
      <legend class="row apart"><h2>{group.name}</h2>{missing && <Mark tone="warn" icon="circle-dashed">{t("extras.required")}</Mark>}</legend>
      {rules.reasons.map((reason) => <p key={reason} class="small row"><Icon name="info-circle" size={18} />{reason}</p>)}
      <div class="card">
        {group.extras.map((extra) => {
          const one = rules.extras[extra.id];
          return one?.shown ? <Option key={extra.id} group={group} extra={extra} rules={one} quantity={chosen[extra.id] ?? 0} pick={pick} count={count} /> : null;
        })}
      </div>
    </fieldset>
  );
}

interface OptionProps {
  group: Group;
  extra: Extra;
  rules: ExtraState;
  quantity: number;
  pick: (extra: string) => void;
  count: (extra: string, quantity: number) => void;
}

function Option({ group, extra, rules, quantity, pick, count }: OptionProps) {
  const off = !rules.allowed && quantity === 0;
  const words = (
    <span class="grow">
      {extra.name}
      {rules.reasons.map((reason) => <span key={reason} class="small muted"><br />{reason}</span>)}
    </span>
  );
  if (group.choose === "quantity") {
    return (
      <div class={`option${off ? " off" : ""}`}>
        {words}<Cost extra={extra} />
        {!off && <Stepper label={extra.name} value={quantity} min={0} max={extra.max_quantity ?? 99} onChange={(next) => count(extra.id, next)} />}
      </div>
    );
  }
  const one = group.choose === "one";
  return (
    <label class={`option${off ? " off" : ""}`}>
      <input type={one ? "radio" : "checkbox"} name={group.id} checked={quantity > 0} disabled={off}
        onClick={() => one && quantity > 0 && pick(extra.id)} onChange={() => (one && quantity > 0) || pick(extra.id)} />
      {words}<Cost extra={extra} />
    </label>
  );
}

/** What it costs, as its price list says it; what that comes to is told by the price's "why". */
function Cost({ extra }: { extra: Extra }) {
  const words = costWords(extra.pricing);
  return words ? <span class="small number">{words}</span> : null;
}

function costWords({ method, amount, bp, per_m2, per_m }: Extra["pricing"]): string {
  if (method === "fixed" && amount) return money(amount, currency.value);
  if (method === "percent" && bp) return percent(bp);
  if (method === "area" && per_m2) return t("extras.by_area", { price: money(per_m2, currency.value) });
  if (method === "metre" && per_m) return t("extras.by_length", { price: money(per_m, currency.value) });
  return method === "table" ? t("extras.by_size") : "";
}
