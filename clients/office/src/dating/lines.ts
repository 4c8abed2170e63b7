/** The list of a conversation: lines that stand stay as they are, so that what plays goes on playing. */

/** `key` tells lines apart; whatever changes how a line looks, except the note below it, is part of it. */
export interface Line {
  key: string;
  below: string;
  made: () => HTMLElement;
}

export function arrange(list: HTMLElement, lines: readonly Line[]): void {
  const wanted = new Set(lines.map((line) => line.key));
  const there = new Map<string, HTMLElement>();
  for (const item of [...list.children] as HTMLElement[]) {
    const key = item.dataset.key ?? "";
    if (wanted.has(key)) there.set(key, item);
    else item.remove();
  }
  let at = list.firstElementChild;
  for (const line of lines) {
    const item = there.get(line.key) ?? made(line);
    if (item === at) at = at.nextElementSibling;
    else list.insertBefore(item, at);
    note(item, line.below);
  }
}

export function bubble(inside: HTMLElement, mine: boolean): HTMLElement {
  const item = document.createElement("li");
  item.className = mine ? "is-mine" : "is-theirs";
  const below = document.createElement("small");
  below.className = "chat-below";
  item.append(inside, below);
  return item;
}

export function words(said: string): HTMLElement {
  const made = document.createElement("p");
  made.textContent = said;
  return made;
}

export function warning(said: string): HTMLElement {
  const made = document.createElement("small");
  made.className = "chat-warning";
  made.textContent = said;
  return made;
}

export function button(said: string, act: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn-sm";
  made.textContent = said;
  made.addEventListener("click", act);
  return made;
}

function made(line: Line): HTMLElement {
  const item = line.made();
  item.dataset.key = line.key;
  return item;
}

function note(item: HTMLElement, below: string): void {
  const where = item.querySelector(".chat-below");
  if (where && where.textContent !== below) where.textContent = below;
}
