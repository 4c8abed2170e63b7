/** Menus behind one button: the browser opens them by press and by key; here they close again. */
export function startMenus(): void {
  const menus = document.querySelectorAll<HTMLDetailsElement>("details.date-menu");
  if (!menus.length) return;
  document.addEventListener("click", (event) => {
    for (const menu of menus) if (!menu.contains(event.target as Node)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of menus) {
      if (menu.open) menu.querySelector("summary")?.focus();
      menu.open = false;
    }
  });
}
