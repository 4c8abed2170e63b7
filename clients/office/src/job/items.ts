// The rooms with their items, and what they cost.
import { t } from "../manners/words";
import type { Item, JobDocument, Line, Totals } from "./document";
import { el } from "./dom";
import { money, size } from "./figures";

/** One table per room; prices stand beside the items of the proposal that was chosen. */
export function roomTables(doc: JobDocument): HTMLElement[] {
  const proposal = doc.proposals.find((each) => each.id === doc.chosen) ?? doc.proposals[0];
  const items = proposal?.items ?? [];
  const rooms = doc.rooms.filter((room) => items.some((item) => item.room === room.id));
  const placed = new Set(rooms.map((room) => room.id));
  const tables = rooms.map((room) => table(room.name, items.filter((item) => item.room === room.id), doc.totals));
  const rest = items.filter((item) => !placed.has(item.room));
  return rest.length ? [...tables, table(t("Other items"), rest, doc.totals)] : tables;
}

export function totalsList(totals: Totals): HTMLElement {
  const beside: [string, number][] = [
    [t("Discount"), -totals.quote_discount],
    [t("Fitting"), totals.fitting],
    [t("Up to the minimum order"), totals.minimum_charge],
  ];
  const rows: [string, number][] = [
    [t("Items"), totals.goods - totals.item_discounts],
    ...beside.filter(([, amount]) => amount),
    [t("Without tax"), totals.net],
    ...totals.taxes.map((each): [string, number] => [t("VAT {rate} %", { rate: each.bp / 100 }), each.tax]),
    [t("Total"), totals.total],
  ];
  if (totals.deposit) rows.push([t("Deposit"), totals.deposit], [t("Balance"), totals.balance]);
  const lines = rows.flatMap(([name, amount]) => [
    el("dt", {}, name),
    el("dd", { class: "num" }, money(amount, totals.currency)),
  ]);
  return el("dl", { class: "facts totals" }, ...lines);
}

function table(name: string, items: Item[], totals: Totals | null | undefined): HTMLElement {
  const heads = [t("Item"), t("Size"), t("Number"), t("Price")].map((text, n) =>
    el("th", { scope: "col", class: n === 0 ? "" : "num" }, text),
  );
  const rows = items.map((item) => row(item, totals));
  return el(
    "section", { class: "card" },
    el("div", { class: "card-body" }, el("h2", {}, name)),
    el("div", { class: "table-wrap", tabindex: "0", role: "region", "aria-label": name },
      el("table", { class: "table stack" }, el("thead", {}, el("tr", {}, ...heads)), el("tbody", {}, ...rows))),
  );
}

function row(item: Item, totals: Totals | null | undefined): HTMLElement {
  const line = totals?.lines.find((each) => each.id === item.id);
  const price = line && totals ? money(line.total, totals.currency) : "";
  return el(
    "tr", {},
    el("th", { scope: "row" }, item.label || line?.product_name || item.product, details(item, line, totals)),
    el("td", { class: "num", "data-label": t("Size") }, el("span", {}, size(item.width, item.drop)), el("div", { class: "muted" }, mountWord(item.mount))),
    el("td", { class: "num", "data-label": t("Number") }, String(item.quantity)),
    el("td", { class: "num", "data-label": t("Price") }, price),
  );
}

function details(item: Item, line: Line | undefined, totals: Totals | null | undefined): HTMLElement {
  const what = [line?.product_name ?? item.product, item.range, item.colour].filter(Boolean).join(", ");
  const extras = line?.extras.map((extra) => extraWords(extra, totals?.currency ?? "GBP")) ?? [];
  return el("div", { class: "muted item-details" }, ...[what, ...extras, item.notes].filter(Boolean).map((text) => el("div", {}, text)));
}

function extraWords(extra: Line["extras"][number], currency: string): string {
  const many = extra.quantity > 1 ? ` x ${extra.quantity}` : "";
  const cost = extra.amount ? `, ${money(extra.amount, currency)}` : "";
  return `${extra.group_name}: ${extra.extra_name}${many}${cost}`;
}

function mountWord(mount: string | undefined): string {
  return { recess: t("recess"), exact: t("exact") }[mount ?? ""] ?? "";
}
