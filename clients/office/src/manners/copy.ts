// <button data-copy="text"> puts the text on the clipboard and says so in its own words.
export function startCopyButtons(): void {
  document.addEventListener("click", async ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>("[data-copy]") : null;
    if (!button) return;
    await navigator.clipboard.writeText(button.dataset.copy ?? "");
    const before = button.innerHTML;
    button.textContent = button.dataset.copied ?? "Copied";
    setTimeout(() => { button.innerHTML = before; }, 1600);
  });
}
