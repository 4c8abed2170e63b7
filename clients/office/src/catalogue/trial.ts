// The trial price remembers its figures for each product while the tab is open, whichever page of the product shows it.
import htmx from "htmx.org";

export function startTrial(): void {
  const panel = document.querySelector<HTMLElement>("[data-trial]");
  if (!panel) return;
  const url = panel.dataset.trial ?? "";
  const load = (): void => { void htmx.ajax("get", `${url}?${remembered(url)}`, { target: "#trial", swap: "innerHTML" }); };
  panel.addEventListener("input", () => remember(url, panel));
  panel.addEventListener("change", () => remember(url, panel));
  load();
}

function remember(url: string, panel: HTMLElement): void {
  const form = panel.querySelector("form");
  if (!form) return;
  const typed = new URLSearchParams();
  new FormData(form).forEach((value, name) => typed.append(name, String(value)));
  try {
    sessionStorage.setItem(url, typed.toString());
  } catch {
    // Storage refused: the trial starts from the usual figures on the next page.
  }
}

function remembered(url: string): string {
  try {
    return sessionStorage.getItem(url) ?? "";
  } catch {
    return "";
  }
}
