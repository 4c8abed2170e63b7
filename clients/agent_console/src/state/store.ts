/** What this console knows: the agent, colleagues, and every conversation it has heard of. */
import { computed, signal } from "@preact/signals";
import type { Canned, Colleague, Conv, Department, Disposition, Me, Snapshot } from "../api/types.ts";
import { split } from "../logic/sections.ts";

export const me = signal<Me>(nobody());
export const colleagues = signal<readonly Colleague[]>([]);
export const departments = signal<readonly Department[]>([]);
export const canned = signal<readonly Canned[]>([]);
export const tags = signal<readonly string[]>([]);
export const dispositions = signal<readonly Disposition[]>([]);
export const counts = signal<Readonly<Record<string, number>>>({});
export const business = signal("");

/** Conversations that ring for this agent. */
export const rung = signal<ReadonlySet<string>>(new Set());

const known = new Map<string, Conv>();
const byStream = new Map<string, string>();
const version = signal(0);

export const sections = computed(() => {
  version.value;
  return split(known.values(), me.value.id);
});

export const unreadTotal = computed(() => sections.value.mine.reduce((sum, conv) => sum + conv.unread, 0));

export const ringing = computed(() => [...sections.value.ringing, ...sections.value.colleagues].filter((conv) => rung.value.has(conv.id)));

export function convOf(id: string): Conv | undefined {
  version.value;
  return known.get(id);
}

/** The same without listening for changes. */
export function peekConv(id: string): Conv | undefined {
  return known.get(id);
}

export function convOfStream(s: string): Conv | undefined {
  return known.get(byStream.get(s) ?? "");
}

export function put(...convs: readonly Conv[]): void {
  for (const conv of convs) {
    known.set(conv.id, conv);
    byStream.set(conv.s, conv.id);
  }
  version.value += 1;
}

export function patch(id: string, change: Partial<Conv>): void {
  const conv = known.get(id);
  if (conv) put({ ...conv, ...change });
}

/** How many conversations an agent has open, as far as this console knows: all that are open. */
export function openCount(agent: string): number {
  const { mine, colleagues: theirs } = sections.value;
  return agent === me.value.id ? mine.length : theirs.filter((conv) => conv.agent === agent).length;
}

/** Everything as the server has it now. What is not in the snapshot, such as older closed ones, stays as known. */
export function fillFrom(snapshot: Snapshot): void {
  me.value = snapshot.me;
  colleagues.value = snapshot.colleagues.filter((one) => one.id !== snapshot.me.id);
  departments.value = snapshot.departments;
  canned.value = snapshot.canned;
  tags.value = snapshot.tags;
  dispositions.value = snapshot.dispositions;
  counts.value = snapshot.counts;
  business.value = snapshot.business;
  rung.value = new Set(snapshot.ringing);
  forgetOpenOnes();
  put(...snapshot.conversations);
}

/** Open ones that the new snapshot does not name are not open any more. */
function forgetOpenOnes(): void {
  for (const conv of [...known.values()]) if (conv.state !== "closed") known.delete(conv.id);
}

export function colleagueOf(id: string): Colleague | undefined {
  return id === me.value.id ? me.value : colleagues.value.find((one) => one.id === id);
}

/** Which agent sits on a seat such as "agent:ID". */
export function agentOfSeat(seat: string): Colleague | undefined {
  return seat.startsWith("agent:") ? colleagueOf(seat.slice(6)) : undefined;
}

export function mySeat(): string {
  return `agent:${me.value.id}`;
}

function nobody(): Me {
  return {
    id: "", name: "", picture: null, presence: "offline", until: null, desk: "offline", limit: 0, open: 0, departments: [],
    routing: "standard", may_manage: false, off_shift: [], closed: false,
  };
}
