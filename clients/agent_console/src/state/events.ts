/** What the account's console log tells: rings, states, colleagues' coming and going. */
import { api } from "../api/client.ts";
import type { Conv, Presence, State } from "../api/types.ts";
import { t } from "../i18n/t.ts";
import type { Entry } from "../protocol/wire.ts";
import { announce } from "../ui/announce.tsx";
import { say } from "../ui/toast.tsx";
import { silence, tellTaken } from "./actions.ts";
import { openId } from "./router.ts";
import { colleagueOf, colleagues, me, patch, peekConv, put, rung } from "./store.ts";

const GATHER_MS = 150;
const stale = new Set<string>();
let gathering = 0;

export function onConsoleEntry(entry: Entry): void {
  const body = entry.body as Record<string, unknown>;
  if (entry.kind === "ring") onRing(String(body.conv), body.agents as string[]);
  else if (entry.kind === "state") onState(String(body.conv), body.state as State, (body.agent as string | null) ?? null);
  else if (entry.kind === "agent") onAgent(String(body.profile), body.presence as Presence);
  else if (entry.kind === "lead") refresh(String(body.conv ?? ""));
  else if (entry.kind === "alert") onAlert(body);
}

function onRing(id: string, agents: readonly string[]): void {
  refresh(id);
  if (!agents.includes(me.peek().id)) return;
  rung.value = new Set([...rung.peek(), id]);
}

function onState(id: string, state: State, agent: string | null): void {
  const mine = me.peek().id;
  if (rung.peek().has(id) && state !== "waiting" && !isForwardedHere(id, state, agent)) {
    silence(id);
    if (agent !== mine) tellTaken(id, state === "active" ? agent : null);
  }
  patch(id, { state, agent });
  refresh(id);
}

/** What a colleague forwards stays active with them, and rings here, until somebody accepts. */
function isForwardedHere(id: string, state: State, agent: string | null): boolean {
  return state === "active" && agent !== me.peek().id && peekConv(id)?.agent === agent && peekConv(id)?.state === "active";
}

function onAgent(id: string, presence: Presence): void {
  if (id === me.peek().id) me.value = { ...me.peek(), presence };
  colleagues.value = colleagues.peek().map((one) => (one.id === id ? { ...one, presence } : one));
  // Somebody new, or somebody who left the account, comes with the next snapshot.
}

function onAlert(body: Record<string, unknown>): void {
  const mine = me.peek().id;
  const code = String(body.code);
  const named = Array.isArray(body.agents) ? body.agents.includes(mine) : body.agent === mine;
  if (!named) return;
  const words = alertWords(code, String(body.conv ?? ""));
  if (!words) return;
  say(words);
  announce(words);
}

function alertWords(code: string, id: string): string {
  const conv = peekConv(id);
  const name = conv?.consumer.name ?? t("visitor");
  if (code === "hot_lead") return t("alert.hot_lead", { name });
  if (code === "forward_declined") return t("alert.forward_declined", { name });
  return code === "mobile_ending" ? t("alert.mobile_ending") : "";
}

/** Asks the server for a conversation's new state, many at once after a short while. */
export function refresh(id: string): void {
  if (!id) return;
  stale.add(id);
  gathering ||= window.setTimeout(fetchStale, GATHER_MS);
}

async function fetchStale(): Promise<void> {
  const ids = [...stale].filter(isWorthIt);
  stale.clear();
  gathering = 0;
  for (const id of ids) {
    const conv = await api.conversation(id).catch(() => null);
    if (conv) put(merged(conv));
  }
}

/** A colleague's known conversation is asked for when it is opened; its state is known already. */
function isWorthIt(id: string): boolean {
  const conv = peekConv(id);
  if (!conv || id === openId.peek() || rung.peek().has(id)) return true;
  return conv.agent === me.peek().id || conv.state === "waiting";
}

/** The log that is followed here is ahead of what the server counted a moment ago. */
function merged(conv: Conv): Conv {
  const held = peekConv(conv.id);
  return held && held.head >= conv.head ? { ...conv, unread: held.unread, last: held.last ?? conv.last } : conv;
}

export function nameOfAgent(id: string | null): string {
  return id ? (colleagueOf(id)?.name ?? "") : "";
}
