/** What new entries in a conversation mean for the inbox: preview, unread count, a sound, a line read aloud. */
import type { Last } from "../api/types.ts";
import { textOf } from "../logic/text.ts";
import type { Entry } from "../protocol/wire.ts";
import { t } from "../i18n/t.ts";
import { announce } from "../ui/announce.tsx";
import { chime } from "./sound.ts";
import { openId } from "./router.ts";
import { agentOfSeat, me, mySeat, patch, peekConv } from "./store.ts";
import type { Thread } from "./threads.ts";
import { threadOf } from "./threads.ts";

/** Entries behind `after` were applied to the thread; `live` tells news from backlog. */
export function onNews(thread: Thread, after: number, live: boolean): void {
  if (!live) return;
  const fresh = thread.log.entries.filter((entry) => entry.seq > after);
  for (const entry of fresh) hear(thread, entry);
  recount(thread.id);
}

/** Unread is what the visitor or a colleague said and this agent has not seen. */
export function recount(id: string): void {
  const conv = peekConv(id);
  if (!conv) return;
  const thread = threadOf(id, conv.s);
  if (!thread.live.peek()) return;
  const seen = thread.reads.peek()[mySeat()] ?? 0;
  const unread = thread.log.entries.filter((entry) => entry.seq > seen && countsAsUnread(entry)).length;
  const last = lastOf(thread.log.entries) ?? conv.last;
  patch(id, { unread, last, head: thread.log.head });
}

function countsAsUnread(entry: Entry): boolean {
  return entry.from !== mySeat() && ["text", "picture", "whisper", "note", "rating"].includes(entry.kind);
}

/** What was said last says more in a list than that somebody joined. */
function lastOf(entries: readonly Entry[]): Last | null {
  const entry = entries.findLast((one) => one.kind !== "system") ?? entries.at(-1);
  if (!entry) return null;
  const preview = textOf(entry.body) || textOf(entry.body, "alt") || textOf(entry.body, "code");
  return { seq: entry.seq, from: entry.from, kind: entry.kind, preview: preview.slice(0, 120), at: entry.at };
}

function hear(thread: Thread, entry: Entry): void {
  const conv = peekConv(thread.id);
  if (!conv || !countsAsUnread(entry)) return;
  const name = entry.from === "visitor" ? (conv.consumer.name ?? t("visitor")) : (agentOfSeat(entry.from)?.name ?? "");
  const onScreen = openId.peek() === conv.id;
  if (onScreen || conv.agent === me.peek().id) announce(t("live.said", { name, text: textOf(entry.body) || t("preview.picture") }));
  if (conv.agent === me.peek().id && entry.from === "visitor" && !(onScreen && document.hasFocus())) chime();
}
