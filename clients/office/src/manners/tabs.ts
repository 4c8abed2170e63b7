// Where tabs are wider than the screen, the one that is open stands in sight.
export function startTabs(): void {
  document.querySelectorAll<HTMLElement>(".tabs").forEach((tabs) => {
    const open = tabs.querySelector<HTMLElement>("[aria-current]");
    if (open) tabs.scrollLeft = open.offsetLeft - tabs.offsetLeft - (tabs.clientWidth - open.offsetWidth) / 2;
  });
}
