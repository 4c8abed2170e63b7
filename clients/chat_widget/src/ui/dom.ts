type Child = Node | string | null | undefined | false;
type Props = Record<string, string | number | boolean | undefined | ((event: never) => void)>;

/** An element with attributes, listeners (`onclick`) and children; `true` is an attribute without value. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, props: Props = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") made.addEventListener(name.slice(2), value as EventListener);
    else if (value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : String(value));
  }
  fill(made, ...children);
  return made;
}

/** Replaces everything in an element. */
export function fill(element: Element, ...children: Child[]): void {
  element.replaceChildren(...children.filter((each): each is Node | string => Boolean(each)));
}

/** Sets words only where they changed, so that nothing is read aloud twice. */
export function write(element: Element, words: string): void {
  if (element.textContent !== words) element.textContent = words;
}

const SHAPES = {
  send: "M4 12 20 4l-5 16-3.5-6.5zM20 4l-8.5 9.5",
  picture: "M4 5h16v14H4zM4 16l5-5 5 5 2-2 4 4M15 9h.01",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  close: "M6 6l12 12M18 6 6 18",
};

/** A sign for the eyes only; the words stand beside it. */
export function sign(shape: string): HTMLElement {
  return h("span", { "aria-hidden": "true" }, shape);
}

/** A line drawing that says nothing by itself. */
export function icon(name: keyof typeof SHAPES): SVGElement {
  const space = "http://www.w3.org/2000/svg";
  const drawing = document.createElementNS(space, "svg");
  const path = document.createElementNS(space, "path");
  for (const [key, value] of [["viewBox", "0 0 24 24"], ["class", "icon"], ["aria-hidden", "true"]] as const) {
    drawing.setAttribute(key, value);
  }
  path.setAttribute("d", SHAPES[name]);
  drawing.append(path);
  return drawing;
}
