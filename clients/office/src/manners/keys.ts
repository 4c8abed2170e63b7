// "/" goes to the page's search field; arrow keys walk the rows of a table marked data-rows.
export function startKeys(): void {
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !isTyping(event.target)) focusSearch(event);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") walkRows(event);
  });
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

function focusSearch(event: KeyboardEvent): void {
  const search = document.querySelector<HTMLInputElement>("input[type=search]");
  if (!search) return;
  event.preventDefault();
  search.focus();
  search.select();
}

function walkRows(event: KeyboardEvent): void {
  const row = event.target instanceof Element ? event.target.closest("table[data-rows] tbody tr") : null;
  if (!row || isTyping(event.target)) return;
  const next = event.key === "ArrowDown" ? row.nextElementSibling : row.previousElementSibling;
  const link = next?.querySelector<HTMLElement>("a, button");
  if (!link) return;
  event.preventDefault();
  link.focus();
}
