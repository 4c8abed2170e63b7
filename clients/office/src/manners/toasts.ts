// Server messages stay until read: good news leaves by itself, a problem waits to be closed.
const GOOD_NEWS_MS = 10_000;

export function startToasts(): void {
  document.querySelectorAll<HTMLElement>("[data-toast]").forEach(watch);
  document.addEventListener("htmx:load", ({ target }) => {
    if (target instanceof HTMLElement) target.querySelectorAll<HTMLElement>("[data-toast]").forEach(watch);
  });
  document.addEventListener("click", ({ target }) => {
    if (target instanceof Element) target.closest("[data-toast-close]")?.closest("[data-toast]")?.remove();
  });
}

export function toast(text: string, kind: "success" | "danger" = "success"): HTMLElement | null {
  const shelf = document.getElementById("toasts");
  if (!shelf) return null;
  const note = document.createElement("div");
  note.className = `alert alert-${kind} toast-note`;
  note.dataset.toast = kind;
  note.setAttribute("role", kind === "danger" ? "alert" : "status");
  note.textContent = text;
  shelf.append(note);
  watch(note);
  return note;
}

function watch(note: HTMLElement): void {
  if (note.dataset.toast !== "danger") setTimeout(() => note.remove(), GOOD_NEWS_MS);
}
