// What the page says of the draft stays true once something was saved in the background.
export function startDraft(): void {
  document.body.addEventListener("draft-changed", () => {
    for (const part of document.querySelectorAll<HTMLElement>("[data-draft]")) part.hidden = part.dataset.draft !== "changed";
  });
}
