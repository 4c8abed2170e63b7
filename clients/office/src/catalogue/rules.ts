// The rule builder shows only the words that make sense together, and adds or takes away lines.
const NUMBERS = ["width", "drop", "area", "quantity"];
const OPERATORS: Record<string, string[]> = {
  number: ["lt", "le", "gt", "ge", "eq", "ne"],
  name: ["eq", "ne", "in", "not_in"],
  choice: ["chosen", "not_chosen"],
};

export function startRules(): void {
  document.addEventListener("htmx:afterSwap", ({ target }) => {
    if (target instanceof HTMLElement) target.querySelectorAll<HTMLElement>("[data-rule]").forEach(dress);
  });
  document.addEventListener("click", ({ target }) => {
    if (!(target instanceof Element)) return;
    const add = target.closest<HTMLElement>("[data-add]");
    if (add) addLine(add);
    target.closest("[data-remove]")?.closest("[data-row]")?.remove();
  });
  document.addEventListener("change", ({ target }) => {
    const row = target instanceof HTMLSelectElement && target.name === "field" ? target.closest<HTMLElement>("[data-row]") : null;
    if (row) fit(row);
  });
}

function dress(form: HTMLElement): void {
  form.querySelectorAll<HTMLElement>("[data-row]").forEach(fit);
}

function addLine(button: HTMLElement): void {
  const list = button.parentElement?.querySelector(`[data-list="${button.dataset.add}"]`);
  const last = list?.querySelector("[data-row]:last-child");
  if (!list || !last) return;
  const line = last.cloneNode(true) as HTMLElement;
  line.querySelectorAll("input").forEach((input) => { input.value = ""; });
  list.append(line);
  fit(line);
  line.querySelector("select")?.focus();
}

function fit(row: HTMLElement): void {
  const field = row.querySelector<HTMLSelectElement>("[name=field]");
  const op = row.querySelector<HTMLSelectElement>("[name=op]");
  if (!field || !op) return;
  const kind = field.value === "choice" ? "choice" : NUMBERS.includes(field.value) ? "number" : "name";
  const known = OPERATORS[kind] ?? [];
  for (const option of op.options) option.hidden = !known.includes(option.value);
  if (!known.includes(op.value)) op.value = known[0] ?? "";
  show(row, "choice", kind === "choice");
  show(row, "value", kind !== "choice" && field.value !== "");
  show(row, "op", field.value !== "");
}

function show(row: HTMLElement, name: string, shown: boolean): void {
  row.querySelector(`[name=${name}]`)?.classList.toggle("visually-hidden", !shown);
}
