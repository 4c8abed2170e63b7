// <button data-dialog="id"> opens the <dialog id="id">; any [data-close] inside closes it.
export function startDialogs(): void {
  // A form in a dialog that came back with errors shows itself again.
  document.querySelectorAll<HTMLDialogElement>("dialog[data-open]").forEach((dialog) => openDialog(dialog.id));
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    const opener = event.target.closest<HTMLElement>("[data-dialog]");
    if (opener) openDialog(opener.dataset.dialog ?? "");
    if (event.target.closest("[data-close]")) event.target.closest("dialog")?.close();
    if (event.target instanceof HTMLDialogElement) event.target.close();
  });
}

export function openDialog(id: string): void {
  const dialog = document.getElementById(id);
  if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal();
}
