/** What an agent does to a conversation. Each asks the server; what it answers is what stands. */
import { api, ApiError, NoAnswer } from "../api/client.ts";
import type { Conv } from "../api/types.ts";
import { t } from "../i18n/t.ts";
import { say } from "../ui/toast.tsx";
import { go, openId } from "./router.ts";
import { colleagueOf, patch, peekConv, put, rung } from "./store.ts";
import { signal } from "@preact/signals";

/** What is being asked of the server at the moment, as "id verb". */
export const busy = signal<ReadonlySet<string>>(new Set());

export async function accept(id: string): Promise<boolean> {
  const conv = await act(id, "accept", {}, (error) => taken(id, error));
  if (!conv) return false;
  silence(id);
  go("c", id);
  return true;
}

export async function decline(id: string): Promise<void> {
  silence(id);
  await act(id, "decline");
}

/** Acts and shows the result; says why not, and returns null. `special` may say it better. */
export async function act(id: string, verb: string, body: object = {}, special?: (error: ApiError) => boolean): Promise<Conv | null> {
  const key = `${id} ${verb}`;
  if (busy.peek().has(key)) return null;
  busy.value = new Set([...busy.peek(), key]);
  try {
    const conv = await api.act(id, verb, body);
    put(conv);
    return conv;
  } catch (error) {
    if (!(error instanceof ApiError && special?.(error))) complain(error);
    return null;
  } finally {
    busy.value = new Set([...busy.peek()].filter((one) => one !== key));
  }
}

/** Stops the ring here, notifications too; for others it may go on. */
export function silence(id: string): void {
  navigator.serviceWorker?.controller?.postMessage({ t: "done", conv: id });
  if (rung.peek().has(id)) rung.value = new Set([...rung.peek()].filter((one) => one !== id));
}

export function complain(error: unknown): void {
  if (error instanceof NoAnswer) say(t("wrong.no_answer"));
  else if (error instanceof ApiError) say(wordsOf(error));
  else throw error;
}

/** Fields that were wrong say it better than the whole. */
export function wordsOf(error: ApiError): string {
  const fields = error.body.fields;
  const first = typeof fields === "object" && fields !== null ? Object.values(fields)[0] : undefined;
  return typeof first === "string" ? first : Array.isArray(first) ? String(first[0]) : error.message;
}

function taken(id: string, error: ApiError): boolean {
  if (error.code !== "already_taken") return false;
  const agent = error.body.agent as { id: string; name: string } | null;
  silence(id);
  if (agent) patch(id, { state: "active", agent: agent.id });
  say(agent ? t("ring.taken", { name: colleagueOf(agent.id)?.name ?? agent.name }) : t("ring.gone"));
  return true;
}

/** Somebody else has what rang here. */
export function tellTaken(id: string, agent: string | null): void {
  const conv = peekConv(id);
  const name = agent ? colleagueOf(agent)?.name : undefined;
  if (conv && openId.peek() !== id) say(name ? t("ring.taken", { name }) : t("ring.gone"));
}
