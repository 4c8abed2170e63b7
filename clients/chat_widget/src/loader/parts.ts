/** The loader's few elements, in a closed shadow that the page's styles and scripts do not reach. */

const SVG = "http://www.w3.org/2000/svg";

const SHAPES: Record<string, string> = {
  bubble: "M4 5h16v11H10l-5 4v-4H4z",
  car: "M3 16v-4l2-5h14l2 5v4H3zM3 12h18M6 16v2M18 16v2",
  home: "M4 11 12 4l8 7M6 10v10h12V10M10 20v-6h4v6",
  question: "M9 9a3 3 0 1 1 4 2.8c-.7.3-1 .8-1 1.7M12 17h.01M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18",
  close: "M6 6l12 12M18 6 6 18",
};

export function make<K extends keyof HTMLElementTagNameMap>(tag: K, parent: Node, style = "", words = ""): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  made.className = style;
  made.textContent = words;
  parent.appendChild(made);
  return made;
}

export function button(parent: Node, style: string, words: string, act: () => void): HTMLButtonElement {
  const made = make("button", parent, style, words);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

export function draw(parent: Node, name: string): void {
  const shape = SHAPES[name];
  if (!shape) return;
  const drawing = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("aria-hidden", "true");
  path.setAttribute("d", shape);
  drawing.appendChild(path);
  parent.appendChild(drawing);
}

/** A place of our own that takes no room on the page; `styles` come in without anything that a content policy forbids. */
export function shadow(styles: string): { host: HTMLElement; root: ShadowRoot } {
  const host = document.createElement("div");
  // Set one by one: a page's own `div` rules lose to these, and no style attribute is parsed.
  host.style.setProperty("all", "initial", "important");
  host.style.setProperty("position", "fixed", "important");
  host.style.setProperty("z-index", "2147483000", "important");
  const root = host.attachShadow({ mode: "closed" });
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    // By index, because a list would be read with the page's own iterator.
    root.adoptedStyleSheets[0] = sheet;
    if (root.adoptedStyleSheets.length === 0) throw new TypeError();
  } catch {
    make("style", root, "", styles);
  }
  return { host, root };
}
