/** What is typed and not yet sent, per conversation and mode. It survives a reload and ends with the window. */
import { signal, type Signal } from "@preact/signals";

export type Mode = "text" | "whisper" | "note";

const KEY = "allonce.chat.drafts";
const SAVE_MS = 400;
const kept = read();
const drafts = new Map<string, Signal<string>>();
let timer = 0;

export function draftOf(id: string, mode: Mode): Signal<string> {
  const key = `${id} ${mode}`;
  const found = drafts.get(key);
  if (found) return found;
  const made = signal(kept[key] ?? "");
  made.subscribe((text) => save(key, text));
  drafts.set(key, made);
  return made;
}

function save(key: string, text: string): void {
  if ((kept[key] ?? "") === text) return;
  if (text) kept[key] = text;
  else delete kept[key];
  clearTimeout(timer);
  timer = window.setTimeout(write, SAVE_MS);
}

function write(): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // Storage refused: drafts last as long as the page.
  }
}

addEventListener("pagehide", write);

function read(): Record<string, string> {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? "{}") as Record<string, string>;
  } catch {
    return {};
  }
}
