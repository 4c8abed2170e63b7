// The price table as a spreadsheet: arrows move, typing replaces, Enter and Tab go on, paste and copy speak tab-separated text.
import { toast } from "../manners/toasts";
import { send } from "./send";

type Shown = [text: string, heat: number];

export function startGrid(): void {
  const table = document.querySelector<HTMLTableElement>("[data-grid]");
  if (table) new Grid(table).start();
}

class Grid {
  private anchor: HTMLTableCellElement | null = null;
  private current: HTMLTableCellElement | null = null;
  private input: HTMLInputElement | null = null;

  constructor(private readonly table: HTMLTableElement) {}

  start(): void {
    const first = this.table.querySelector<HTMLTableCellElement>("tbody td");
    if (first) first.tabIndex = 0;
    this.table.addEventListener("focusin", ({ target }) => this.arrive(target));
    this.table.addEventListener("dblclick", () => this.edit(null));
    this.table.addEventListener("keydown", (event) => this.key(event));
    this.table.addEventListener("mousedown", (event) => { if (event.shiftKey) this.extend(event); });
    this.table.addEventListener("paste", (event) => this.paste(event));
    this.table.addEventListener("copy", (event) => this.copy(event));
  }

  private arrive(target: EventTarget | null): void {
    if (!(target instanceof HTMLTableCellElement) || target.tagName !== "TD") return;
    this.table.querySelectorAll('td[tabindex="0"]').forEach((cell) => cell.setAttribute("tabindex", "-1"));
    target.tabIndex = 0;
    this.current = target;
    this.anchor = target;
    this.mark();
  }

  private key(event: KeyboardEvent): void {
    if (this.input) return this.keyWhileEditing(event);
    const step = STEPS[event.key];
    if (step) {
      event.preventDefault();
      return event.shiftKey ? this.stretch(step) : this.move(step);
    }
    if (event.key === "Tab") return this.tab(event);
    if (event.key === "Enter" || event.key === "F2") return this.begin(event, null);
    if (event.key === "Delete" || event.key === "Backspace") return void this.clear(event);
    if (event.key.length === 1 && !event.ctrlKey && !event.metaKey) this.begin(event, event.key);
  }

  private keyWhileEditing(event: KeyboardEvent): void {
    if (event.key === "Escape") return this.close(false);
    if (event.key === "Enter") { event.preventDefault(); this.close(true); this.move([1, 0]); }
    if (event.key === "Tab") { event.preventDefault(); this.close(true); this.move([0, event.shiftKey ? -1 : 1]); }
  }

  private begin(event: KeyboardEvent, typed: string | null): void {
    event.preventDefault();
    this.edit(typed);
  }

  private tab(event: KeyboardEvent): void {
    const next = this.neighbour(this.current, [0, event.shiftKey ? -1 : 1]);
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  private edit(typed: string | null): void {
    const cell = this.current;
    if (!cell || this.input) return;
    const input = document.createElement("input");
    input.inputMode = "decimal";
    input.value = typed ?? cell.textContent ?? "";
    input.setAttribute("aria-label", `${this.headOf(cell)}`);
    cell.dataset.before = cell.textContent ?? "";
    cell.replaceChildren(input);
    this.input = input;
    input.focus();
    if (typed === null) input.select();
    input.addEventListener("blur", () => this.close(true));
  }

  private close(keep: boolean): void {
    const input = this.input;
    const cell = this.current;
    if (!input || !cell) return;
    this.input = null;
    const before = cell.dataset.before ?? "";
    const typed = input.value.trim();
    cell.textContent = keep ? typed : before;
    cell.focus();
    if (keep && typed !== before) void this.write(cell, [[typed]]);
  }

  private async write(cell: HTMLTableCellElement, cells: string[][]): Promise<void> {
    const [row, column] = place(cell);
    const body = JSON.stringify({ row, column, cells });
    try {
      const answer = await send(this.table.dataset.grid ?? "", body, "application/json");
      this.show(row, answer.rows as Shown[][]);
    } catch (error) {
      cell.classList.add("is-invalid");
      toast(error instanceof Error ? error.message : "", "danger");
    }
  }

  private show(first: number, rows: Shown[][]): void {
    rows.forEach((shown, down) => {
      const cells = this.table.tBodies[0]?.rows[first + down]?.querySelectorAll("td");
      shown.forEach(([text, heat], across) => {
        const cell = cells?.[across];
        if (!cell || cell.contains(this.input)) return;
        cell.textContent = text;
        cell.className = heat < 0 ? "poa" : `heat-${heat}`;
      });
    });
    this.mark();
  }

  private paste(event: ClipboardEvent): void {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (this.input || !this.current || !text) return;
    event.preventDefault();
    const cells = text.replace(/\r/g, "").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
    void this.write(this.selection()[0]?.[0] ?? this.current, cells);
  }

  private copy(event: ClipboardEvent): void {
    if (this.input || !this.current) return;
    event.preventDefault();
    const text = this.selection().map((row) => row.map((cell) => cell.textContent ?? "").join("\t")).join("\n");
    event.clipboardData?.setData("text/plain", text);
  }

  private async clear(event: KeyboardEvent): Promise<void> {
    event.preventDefault();
    const chosen = this.selection();
    const first = chosen[0]?.[0];
    if (first) await this.write(first, chosen.map((row) => row.map(() => "")));
  }

  private move(step: Step): void {
    this.neighbour(this.current, step)?.focus();
  }

  private stretch(step: Step): void {
    const next = this.neighbour(this.current, step);
    if (!next) return;
    this.current = next;
    next.scrollIntoView({ block: "nearest", inline: "nearest" });
    this.mark();
  }

  private extend(event: MouseEvent): void {
    const cell = event.target instanceof Element ? event.target.closest("td") : null;
    if (!cell || !this.anchor) return;
    event.preventDefault();
    this.current = cell;
    this.mark();
  }

  private mark(): void {
    this.table.querySelectorAll("td.chosen").forEach((cell) => cell.classList.remove("chosen"));
    const chosen = this.selection();
    if (chosen.length > 1 || (chosen[0]?.length ?? 0) > 1) chosen.flat().forEach((cell) => cell.classList.add("chosen"));
  }

  private selection(): HTMLTableCellElement[][] {
    if (!this.anchor || !this.current) return [];
    const [rowA, columnA] = place(this.anchor);
    const [rowB, columnB] = place(this.current);
    const rows = [...(this.table.tBodies[0]?.rows ?? [])].slice(Math.min(rowA, rowB), Math.max(rowA, rowB) + 1);
    return rows.map((row) => [...row.querySelectorAll("td")].slice(Math.min(columnA, columnB), Math.max(columnA, columnB) + 1));
  }

  private neighbour(cell: HTMLTableCellElement | null, [down, across]: Step): HTMLTableCellElement | null {
    if (!cell) return null;
    const [row, column] = place(cell);
    return this.table.tBodies[0]?.rows[row + down]?.querySelectorAll("td")[column + across] ?? null;
  }

  private headOf(cell: HTMLTableCellElement): string {
    const [, column] = place(cell);
    const drop = cell.closest("tr")?.querySelector("th")?.textContent ?? "";
    const width = this.table.tHead?.querySelectorAll("th")[column + 1]?.textContent ?? "";
    return `${width} x ${drop}`;
  }
}

type Step = [down: number, across: number];
const STEPS: Record<string, Step> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

function place(cell: HTMLTableCellElement): [row: number, column: number] {
  const row = cell.parentElement as HTMLTableRowElement;
  return [row.sectionRowIndex, cell.cellIndex - 1];
}
