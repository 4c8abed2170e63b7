// Importing a sheet: dropping a file, the upload's progress, reasons of marked cells, and choosing a cell to correct.
import "./styles/import.css";
import { showProblem } from "./manners/problem";
import { t } from "./manners/words";

const LARGEST = 20 * 1024 * 1024;

function find<T extends HTMLElement>(id: string): T | null {
  return document.getElementById(id) as T | null;
}

function isTooLarge(): boolean {
  return (find<HTMLInputElement>("file")?.files?.[0]?.size ?? 0) > LARGEST;
}

/** Names the chosen file, and says at once if it is too large to be sent. */
function showFile(): void {
  const place = find("import-file");
  if (place) place.textContent = find<HTMLInputElement>("file")?.files?.[0]?.name ?? "";
  tell(isTooLarge() ? t("This file is too large. Files of up to 20 MB can be read.") : "");
}

function tell(text: string): void {
  showProblem(text, find("import-problem"));
}

/** A file that is too large is never sent. */
function holdBack(event: Event): void {
  if (!isTooLarge()) return;
  event.preventDefault();
  showFile();
}

function showNewName(): void {
  const known = find<HTMLSelectElement>("product")?.value !== "new";
  document.querySelectorAll<HTMLElement>("[data-new-product]").forEach((field) => { field.hidden = known; });
}

function takeDrop(event: DragEvent): void {
  const drop = (event.target as Element).closest?.("#import-drop");
  const input = find<HTMLInputElement>("file");
  if (!input || !event.dataTransfer?.files.length) return;
  event.preventDefault();
  drop?.classList.remove("is-over");
  input.files = event.dataTransfer.files;
  showFile();
}

/** Sending is measured; reading the sheet afterwards is not, so the bar then moves by itself. */
function showProgress(event: Event): void {
  const { loaded, total, lengthComputable } = (event as CustomEvent<ProgressEvent>).detail;
  const [box, bar, words] = [find("import-progress"), find<HTMLProgressElement>("import-bar"), find("import-progress-words")];
  if (!box || !bar || !words || !lengthComputable) return;
  box.hidden = false;
  const done = loaded >= total;
  if (done) bar.removeAttribute("value");
  else bar.value = (100 * loaded) / total;
  words.textContent = (done ? words.dataset.reading : words.dataset.sending) ?? "";
}

function stopProgress(): void {
  const box = find("import-progress");
  if (box) box.hidden = true;
}

function showReason(target: EventTarget | null): void {
  const mark = (target as Element | null)?.closest?.<HTMLElement>(".cell-mark");
  const place = find("import-reason");
  if (mark && place) place.textContent = mark.getAttribute("aria-label") ?? "";
}

/** Puts a clicked cell into the form that corrects it. */
function chooseCell(target: EventTarget | null): void {
  const cell = (target as Element | null)?.closest?.<HTMLElement>("[data-cell]");
  const form = find<HTMLFormElement>("mend-cell");
  if (!cell || !form) return;
  document.querySelector(".is-chosen")?.classList.remove("is-chosen");
  cell.classList.add("is-chosen");
  const shown = cell.textContent?.trim() ?? "";
  fill(form, cell.dataset.cell ?? "", cell.dataset.name ?? "", shown === "–" ? "" : shown);
}

function fill(form: HTMLFormElement, key: string, name: string, text: string): void {
  (form.elements.namedItem("cell") as HTMLInputElement).value = key;
  (find<HTMLInputElement>("mend-place") as HTMLInputElement).value = name;
  (find<HTMLInputElement>("mend-text") as HTMLInputElement).value = text;
}

/** C5 typed by hand becomes the cell's key. */
function readPlace(): void {
  const form = find<HTMLFormElement>("mend-cell");
  const found = /^([a-z]{1,3})([1-9]\d{0,6})$/i.exec(find<HTMLInputElement>("mend-place")?.value.trim() ?? "");
  if (!form || !found) return;
  const [, letters = "", digits = "1"] = found;
  const column = [...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  const sheet = (form.elements.namedItem("sheet") as HTMLInputElement).value;
  (form.elements.namedItem("cell") as HTMLInputElement).value = `${sheet}:${Number(digits) - 1}:${column}`;
}

let thenFocus = "";

document.addEventListener("change", (event) => {
  const id = (event.target as Element).id;
  if (id === "file") showFile();
  if (id === "product") showNewName();
});
document.addEventListener("input", (event) => {
  if ((event.target as Element).id === "mend-place") readPlace();
});
document.addEventListener("dragover", (event) => {
  if (!find("import-drop")) return;
  event.preventDefault();
  find("import-drop")?.classList.add("is-over");
});
document.addEventListener("dragleave", () => find("import-drop")?.classList.remove("is-over"));
document.addEventListener("drop", takeDrop);
document.addEventListener("mouseover", (event) => showReason(event.target));
document.addEventListener("focusin", (event) => showReason(event.target));
document.addEventListener("click", (event) => {
  thenFocus = (event.target as Element).closest?.<HTMLElement>("[data-then-focus]")?.dataset.thenFocus ?? thenFocus;
  chooseCell(event.target);
});
document.body.addEventListener("htmx:beforeRequest", holdBack);
document.body.addEventListener("htmx:sendError", () => tell(t("The sheet did not reach the server. Check the network and try again.")));
document.body.addEventListener("htmx:responseError", () => tell(t("The server could not take this sheet. Try again, or save it as XLSX with only the price sheets in it.")));
document.body.addEventListener("htmx:xhr:progress", showProgress);
document.body.addEventListener("htmx:afterRequest", stopProgress);
document.body.addEventListener("htmx:afterSettle", () => {
  showNewName();
  if (!thenFocus) return;
  document.querySelector<HTMLElement>(`[data-cell="${thenFocus}"] button`)?.focus();
  thenFocus = "";
});
showNewName();
