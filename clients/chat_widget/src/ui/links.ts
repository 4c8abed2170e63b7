import { h, sign } from "./dom.ts";
import type { Texts } from "../texts.ts";

interface Link {
  url: string;
  host: string;
  external: boolean;
}

/** The text with its links. Only addresses that the server listed become links, and none can run a script. */
export function withLinks(text: string, links: unknown, texts: Texts): (Node | string)[] {
  const parts: (Node | string)[] = [];
  let rest = text;
  for (const link of inOrder(text, links)) {
    const at = rest.indexOf(link.url);
    if (at < 0) continue;
    parts.push(rest.slice(0, at), anchor(link, texts));
    rest = rest.slice(at + link.url.length);
  }
  return [...parts, rest];
}

function inOrder(text: string, links: unknown): Link[] {
  const given = (Array.isArray(links) ? links : []) as Link[];
  const safe = given.filter((each) => /^https?:\/\//i.test(each.url));
  return safe.sort((one, other) => text.indexOf(one.url) - text.indexOf(other.url));
}

function anchor(link: Link, texts: Texts): HTMLElement {
  const said = link.external ? texts.say("external", { host: link.host }) : "";
  const rel = "noopener noreferrer nofollow ugc";
  const props = { href: link.url, target: "_blank", rel, referrerpolicy: "no-referrer", title: said || undefined };
  const mark = link.external && sign(" \u2197\ufe0e");
  return h("a", props, link.url, mark, link.external && h("span", { class: "unseen" }, ` (${said})`));
}
