// Weekly hours: Monday's times for the other working days, by one press.
const COPIES = [1, 2, 3, 4];

/** Shows the button below each week; without scripts there is none. */
export function offerCopies(): void {
  for (const week of document.querySelectorAll<HTMLElement>("[data-week]")) {
    const button = week.parentElement?.querySelector<HTMLButtonElement>("[data-week-copy]");
    if (!button) continue;
    button.parentElement?.removeAttribute("hidden");
    button.addEventListener("click", () => copyMonday(week));
  }
}

function copyMonday(week: HTMLElement): void {
  const days = [...week.querySelectorAll(".hours-row:not(.hours-head)")].map((day) => [...day.querySelectorAll("input")]);
  for (const [place, from] of (days[0] ?? []).entries()) {
    for (const day of COPIES) {
      const to = days[day]?.[place];
      if (!to) continue;
      to.value = from.value;
      to.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
}
