/** The agent's own presence: what they chose, and the sign of life that the server asks for once a minute. */
import { api } from "../api/client.ts";
import type { Me, Presence } from "../api/types.ts";
import { complain } from "./actions.ts";
import { me } from "./store.ts";

const BEAT_MS = 60_000;
const QUIET_MS = 15_000;
let usedAt = Date.now();
let toldAt = 0;
let queued = 0;
let last: Promise<void> = Promise.resolve();

export function startPresence(): void {
  for (const kind of ["pointerdown", "keydown", "wheel", "touchstart"]) addEventListener(kind, used, { passive: true, capture: true });
  setInterval(() => void beat(), BEAT_MS);
  void beat();
}

/** Says that the console is open, and whether it was used since the last time. */
function beat(): Promise<void> {
  const active = usedAt > toldAt;
  toldAt = Date.now();
  return tell(() => ({ state: me.peek().desk, active })).catch(() => undefined);
}

/** One at a time: a sign of life that is still under way must not undo what the agent has chosen since. */
function tell(body: () => Parameters<typeof api.presence>[0]): Promise<void> {
  queued += 1;
  const told = last.then(() => api.presence(body())).then(learn).finally(() => (queued -= 1));
  last = told.catch(() => undefined);
  return told;
}

/** While more is on its way to the server, the desk is as the agent has said, not as an older answer has it. */
function learn(answer: Me): void {
  me.value = queued > 1 ? { ...answer, desk: me.peek().desk } : answer;
}

/** Whoever was away by themselves is back with the first touch, not up to a minute later. */
function used(): void {
  usedAt = Date.now();
  if (isIdle() && usedAt - toldAt > QUIET_MS) void beat();
}

/** Away without having said so: nothing was touched for the time that the business sets. */
export function isIdle(): boolean {
  return me.value.presence === "away" && me.value.desk === "online";
}

/** Why no visitor rings here although the agent is online: their shifts, or the hours of the business. */
export function silence(): "off_shift" | "closed" | null {
  const { id, presence, off_shift: off, closed } = me.value;
  if (presence !== "online") return null;
  return off.includes(id) ? "off_shift" : closed ? "closed" : null;
}

export async function choose(desk: Presence): Promise<void> {
  toldAt = Date.now();
  const before = me.peek().desk;
  me.value = { ...me.peek(), desk };
  await tell(() => ({ state: desk })).catch((error: unknown) => {
    me.value = { ...me.peek(), desk: before };
    complain(error);
  });
}

/** Signs in on the phone for a time that ends by itself. */
export function signInFor(minutes: number): Promise<void> {
  return tell(() => ({ state: me.peek().desk, minutes })).catch(complain);
}

export function extendBy(minutes: number): Promise<void> {
  return tell(() => ({ state: me.peek().desk, extend: minutes })).catch(complain);
}
