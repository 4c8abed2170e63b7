// Nothing typed is ever lost: a changed form asks before it is left, and a sent form cannot be sent twice.
// A form that hands out a file leaves its page standing, so its buttons come back by themselves.
const FILE_BEGINS_MS = 3000;
const changed = new Set<HTMLFormElement>();

export function startForms(): void {
  document.addEventListener("input", ({ target }) => {
    const form = target instanceof HTMLElement ? target.closest("form") : null;
    if (form?.matches("[data-guard]")) changed.add(form);
  });
  document.addEventListener("submit", ({ target, defaultPrevented }) => {
    if (!(target instanceof HTMLFormElement)) return;
    changed.delete(target);
    if (!defaultPrevented && !target.hasAttribute("hx-post")) holdButtons(target);
    if (target.matches("[data-download]")) setTimeout(() => releaseButtons(target), FILE_BEGINS_MS);
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form").forEach(releaseButtons));
  window.addEventListener("beforeunload", (event) => {
    if ([...changed].some((form) => form.isConnected)) event.preventDefault();
  });
}

function holdButtons(form: HTMLFormElement): void {
  // After this event, so that the pressed button's own value is still sent.
  setTimeout(() => form.querySelectorAll<HTMLButtonElement>("button[type=submit], button:not([type])").forEach((button) => {
    button.disabled = true;
    button.classList.add("is-sending");
  }));
}

function releaseButtons(form: HTMLFormElement): void {
  form.querySelectorAll<HTMLButtonElement>("button.is-sending").forEach((button) => {
    button.disabled = false;
    button.classList.remove("is-sending");
  });
}
