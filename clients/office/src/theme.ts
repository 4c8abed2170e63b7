// Runs before the first paint, so that a chosen theme never flashes. Without a choice the system decides.
const KEY = "allonce.theme";
const dark = matchMedia("(prefers-color-scheme: dark)");

function chosen(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function apply(): void {
  document.documentElement.dataset.bsTheme = chosen() ?? (dark.matches ? "dark" : "light");
}

function toggle(): void {
  const next = document.documentElement.dataset.bsTheme === "dark" ? "light" : "dark";
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // Storage refused: the choice holds for this page only.
  }
  document.documentElement.dataset.bsTheme = next;
}

apply();
dark.addEventListener("change", apply);
document.addEventListener("click", (event) => {
  if (event.target instanceof Element && event.target.closest("[data-theme-toggle]")) toggle();
});
