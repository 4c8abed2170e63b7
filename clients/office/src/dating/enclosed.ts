/** Pictures and voice notes: handed in before they are sent, and shown where words would stand. */
import type { Item } from "../../../agent_console/src/protocol/outbox.ts";
import { csrfToken } from "../webauthn/server";
import { words } from "./lines.ts";

export const PICTURE = "picture";
export const VOICE = "voice";
const LARGEST_PICTURE = 8_000_000;
const TIMEOUT_MS = 120_000;

/** The server took it not. Without an answer that says why, it is tried again. */
export class Refused extends Error {
  readonly code: string;
  readonly retryAfter: number;
  constructor(code: string, detail: string, retryAfter: number) {
    super(detail);
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

export function isEnclosed(kind: string): boolean {
  return kind === PICTURE || kind === VOICE;
}

export function isTooLarge(file: File): boolean {
  return file.size > LARGEST_PICTURE;
}

/** Hands in the file of an item under the item's own cid, so that a second try changes nothing; gives its body. */
export async function handIn(address: string, item: Item): Promise<Record<string, unknown>> {
  const parts = new FormData();
  parts.append("cid", item.cid);
  parts.append("sort", item.kind);
  parts.append("seconds", String(item.body.seconds ?? 0));
  if (item.file) parts.append("file", item.file, "file");
  const answer = await post(address, parts);
  if (answer.type === "opaqueredirect" || answer.status >= 500) throw new Error("no answer that says why");
  const said = (await answer.json()) as Record<string, unknown>;
  if (answer.ok) return said;
  throw new Refused(String(said.code), String(said.title), Number(answer.headers.get("Retry-After") ?? 0) || 0);
}

export function post(address: string, body?: FormData): Promise<Response> {
  return fetch(address, {
    method: "POST", body: body ?? null, redirect: "manual", signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: { Accept: "application/json", "X-CSRFToken": csrfToken() },
  });
}

/** A picture in the size in which it will be seen, so that nothing moves when it comes. */
export function picture(source: string, alt: string, size: Record<string, unknown>): HTMLElement {
  const link = document.createElement("a");
  link.className = "chat-picture";
  link.href = source;
  link.target = "_blank";
  link.append(image(source, alt, size));
  return link;
}

/** Blurred until it is pressed: nobody is surprised by the first picture of somebody. */
export function blurred(source: string, says: string, size: Record<string, unknown>, act: () => void): HTMLElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "chat-picture is-blurred";
  const label = document.createElement("span");
  label.textContent = says;
  made.append(image(source, "", size), label);
  made.addEventListener("click", act);
  return made;
}

/** A picture that is not sent yet. */
export function ownPicture(file: Blob, alt: string): HTMLElement {
  const source = URL.createObjectURL(file);
  const made = document.createElement("span");
  made.className = "chat-picture";
  const shown = image(source, alt, {});
  shown.addEventListener("load", () => URL.revokeObjectURL(source), { once: true });
  // What no browser can show is told by its name; the server says why it was not taken.
  shown.addEventListener("error", () => made.replaceWith(words(alt)), { once: true });
  made.append(shown);
  return made;
}

export function sound(source: string, says: string): HTMLElement {
  const made = document.createElement("audio");
  made.className = "chat-sound";
  made.controls = true;
  made.preload = "none";
  made.src = source;
  made.setAttribute("aria-label", says);
  return made;
}

/** 0:07 */
export function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
}

function image(source: string, alt: string, size: Record<string, unknown>): HTMLImageElement {
  const made = document.createElement("img");
  made.alt = alt;
  if (Number(size.width) && Number(size.height)) {
    made.width = Number(size.width);
    made.height = Number(size.height);
  }
  made.src = source;
  return made;
}
