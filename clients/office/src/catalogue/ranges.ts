// The range table: a field changed in place is saved at once; ticked rows bring up what can be done to them together.
import { toast } from "../manners/toasts";
import { send } from "./send";

type Field = HTMLInputElement | HTMLSelectElement;

export function startRanges(): void {
  document.querySelector("[data-filter]")?.addEventListener("change", ({ currentTarget }) => {
    if (currentTarget instanceof HTMLFormElement) currentTarget.requestSubmit();
  });
  const table = document.querySelector<HTMLTableElement>("[data-cells]");
  if (!table) return;
  table.addEventListener("change", ({ target }) => {
    if (target instanceof HTMLElement && target.matches("[data-cell]")) void saveField(table, target as Field);
  });
  table.addEventListener("keydown", (event) => moveBetweenRows(event));
  startTicks(table);
}

async function saveField(table: HTMLTableElement, field: Field): Promise<void> {
  const body = new URLSearchParams({
    key: field.closest("tr")?.dataset.key ?? "",
    name: field.dataset.cell ?? "",
    value: field.value,
  });
  field.classList.add("is-saving");
  try {
    await send(table.dataset.cells ?? "", body);
    field.classList.remove("is-invalid");
    field.removeAttribute("aria-invalid");
  } catch (error) {
    field.classList.add("is-invalid");
    field.setAttribute("aria-invalid", "true");
    toast(error instanceof Error ? error.message : "", "danger");
  }
  field.classList.remove("is-saving");
}

function moveBetweenRows(event: KeyboardEvent): void {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp" && event.key !== "Enter") return;
  const field = event.target instanceof HTMLInputElement ? event.target : null;
  const row = field?.closest("tr");
  if (!field?.dataset.cell || !row) return;
  event.preventDefault();
  const next = event.key === "ArrowUp" ? row.previousElementSibling : row.nextElementSibling;
  next?.querySelector<HTMLInputElement>(`[data-cell="${field.dataset.cell}"]`)?.focus();
}

function startTicks(table: HTMLTableElement): void {
  const bar = document.querySelector<HTMLElement>(".bulk-bar");
  const all = table.querySelector<HTMLInputElement>("[data-tick-all]");
  const ticks = [...table.querySelectorAll<HTMLInputElement>("input[name=key]")];
  if (!bar || !all) return;
  const show = (): void => {
    const count = ticks.filter((tick) => tick.checked).length;
    bar.hidden = count === 0;
    const words = bar.querySelector("[data-count]");
    if (words) words.textContent = `${count}`;
    all.indeterminate = count > 0 && count < ticks.length;
  };
  all.addEventListener("change", () => { ticks.forEach((tick) => { tick.checked = all.checked; }); show(); });
  ticks.forEach((tick) => tick.addEventListener("change", show));
}
