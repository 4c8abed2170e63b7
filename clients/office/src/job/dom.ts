// Elements from words. Text is always set as text: a job file is somebody's data, never markup.
type Child = Node | string | null;

export function el<Name extends keyof HTMLElementTagNameMap>(
  name: Name, about: Record<string, string> = {}, ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(about)) made.setAttribute(attribute, value);
  made.append(...children.filter((child): child is Node | string => child !== null));
  return made;
}

/** A card with a heading, or nothing when there is nothing to show in it. */
export function card(title: string, ...children: Child[]): HTMLElement | null {
  const content = children.filter((child) => child !== null && child !== "");
  if (!content.length) return null;
  return el("section", { class: "card" }, el("div", { class: "card-body" }, el("h2", {}, title), ...content));
}

/** A list of facts; those without a value are left out. */
export function facts(pairs: [string, string | undefined | null][]): HTMLElement | null {
  const kept = pairs.filter(([, value]) => value);
  if (!kept.length) return null;
  return el("dl", { class: "facts" }, ...kept.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value ?? "")]));
}
