/** The keyboard. Single keys work outside of fields only, and can be switched off. */
import { signal } from "@preact/signals";
import { accept, act, decline } from "./actions.ts";
import { keysOn } from "./looks.ts";
import { dialog, detailsOpen, teamOpen, wishToWrite } from "./panes.ts";
import { go, openId, route } from "./router.ts";
import { me, peekConv, ringing, sections } from "./store.ts";
import { mode } from "./mode.ts";

export const helpShown = signal(false);

type Act = () => void;

const KEYS: Record<string, Act> = {
  a: () => withRing((id) => void accept(id)),
  d: () => withRing((id) => void decline(id)),
  "/": () => document.querySelector<HTMLInputElement>(".inbox input[type=search]")?.focus(),
  r: () => write("text"),
  w: () => write("whisper"),
  n: () => write("note"),
  f: () => withOpen((id) => peekConv(id)?.agent === me.peek().id && (dialog.value = "forward")),
  m: () => withOpen(() => (dialog.value = "mail")),
  c: () => withOpen(() => (dialog.value = "close")),
  t: () => withOpen(() => (dialog.value = "tags")),
  h: () => withOpen((id) => void act(id, "hot", { on: !peekConv(id)?.hot })),
  i: () => withOpen(() => (detailsOpen.value = !detailsOpen.value)),
  u: nextUnread,
  p: () => (teamOpen.value = true),
  "?": () => (helpShown.value = true),
};

export function listenToKeys(): () => void {
  addEventListener("keydown", onKey);
  return () => removeEventListener("keydown", onKey);
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") return leave(event);
  if (document.querySelector("dialog[open]") || isField(event.target)) return;
  if (event.key !== "?" && !keysOn.peek()) return;
  const does = KEYS[event.key];
  if (!does) return;
  event.preventDefault();
  does();
}

function leave(event: KeyboardEvent): void {
  if (document.querySelector("dialog[open]")) return;
  if (isField(event.target)) (event.target as HTMLElement).blur();
  else if (detailsOpen.peek()) detailsOpen.value = false;
  else if (route.peek().length) go();
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && !!target.closest("input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]");
}

function withRing(does: (id: string) => void): void {
  const first = ringing.peek()[0] ?? sections.peek().ringing.find((conv) => conv.id === openId.peek());
  if (first) does(first.id);
}

function withOpen(does: (id: string) => unknown): void {
  if (openId.peek()) does(openId.peek() as string);
}

function write(how: typeof mode.value): void {
  if (!openId.peek()) return;
  mode.value = how;
  wishToWrite.value += 1;
}

function nextUnread(): void {
  const next = sections.peek().mine.find((conv) => conv.unread > 0 && conv.id !== openId.peek());
  if (next) go("c", next.id);
}
