// <dialog id="editor"> opens as soon as the server has filled it, and keeps what was typed when it is refused.
export function startEditor(): void {
  document.addEventListener("htmx:afterSwap", ({ target }) => {
    if (!(target instanceof HTMLDialogElement) || target.id !== "editor") return;
    if (!target.open) target.showModal();
    (target.querySelector<HTMLElement>('[aria-invalid="true"]') ?? target.querySelector<HTMLElement>("input:not([type=hidden]), select, textarea"))?.focus();
  });
}
