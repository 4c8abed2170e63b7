/** A message's text cut into words and links. Only addresses that the server named as links become links. */

export interface Link {
  url: string;
  host: string;
  external: boolean;
}

export type Piece = { words: string } | { link: Link };

export function piecesOf(text: string, links: readonly Link[]): Piece[] {
  const pieces: Piece[] = [];
  let rest = text;
  for (;;) {
    const next = firstLink(rest, links);
    if (!next) break;
    if (next.at > 0) pieces.push({ words: rest.slice(0, next.at) });
    pieces.push({ link: next.link });
    rest = rest.slice(next.at + next.link.url.length);
  }
  if (rest) pieces.push({ words: rest });
  return pieces;
}

function firstLink(text: string, links: readonly Link[]): { at: number; link: Link } | null {
  let best: { at: number; link: Link } | null = null;
  for (const link of links) {
    const at = isWeb(link.url) ? text.indexOf(link.url) : -1;
    // Where one address begins with another, the longer one is meant.
    if (at >= 0 && (!best || at < best.at || (at === best.at && link.url.length > best.link.url.length))) best = { at, link };
  }
  return best;
}

function isWeb(url: string): boolean {
  return /^https?:\/\//i.test(url);
}

export function linksOf(body: Record<string, unknown>): Link[] {
  const links = Array.isArray(body.links) ? body.links : [];
  return links.filter((link): link is Link => typeof link?.url === "string" && typeof link?.host === "string");
}

export function textOf(body: Record<string, unknown>, name = "text"): string {
  const value = body[name];
  return typeof value === "string" ? value : "";
}
