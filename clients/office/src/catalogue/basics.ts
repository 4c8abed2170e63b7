// The form of a product's basics: it asks only for what counts, and says when the trial price does not know it yet.
export function startBasics(): void {
  const form = document.querySelector<HTMLFormElement>("#basics");
  const basis = form?.querySelector<HTMLSelectElement>("[name=basis]");
  if (!form || !basis) return;
  const showParts = (): void => {
    for (const part of form.querySelectorAll<HTMLElement>("[data-basis]")) part.hidden = part.dataset["basis"] !== basis.value;
  };
  form.addEventListener("input", () => {
    showParts();
    const stale = document.querySelector<HTMLElement>("#trial-stale");
    if (stale) stale.hidden = false;
  });
  showParts();
}
