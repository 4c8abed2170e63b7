/** In which part of the inbox a conversation stands, and in which order. */
import type { Conv, State } from "../api/types.ts";

export const SECTIONS = ["ringing", "mine", "colleagues", "mail", "closed"] as const;
export type Section = (typeof SECTIONS)[number];

export function sectionOf(conv: Conv, me: string): Section {
  const by: Record<State, Section> = {
    waiting: "ringing", active: conv.agent === me ? "mine" : "colleagues", hand_over: "mail", closed: "closed",
  };
  return by[conv.state];
}

/** Who waits longest comes first; elsewhere the newest words do. */
export function sorted(section: Section, convs: readonly Conv[]): Conv[] {
  const key = (conv: Conv): string => conv.last?.at ?? conv.last_at;
  if (section === "ringing") return [...convs].sort((a, b) => compare(a.waiting_since ?? "", b.waiting_since ?? ""));
  return [...convs].sort((a, b) => compare(key(b), key(a)));
}

export function split(convs: Iterable<Conv>, me: string): Record<Section, Conv[]> {
  const found: Record<Section, Conv[]> = { ringing: [], mine: [], colleagues: [], mail: [], closed: [] };
  for (const conv of convs) found[sectionOf(conv, me)].push(conv);
  for (const section of SECTIONS) found[section] = sorted(section, found[section]);
  return found;
}

/** Whether every word of the search begins a word in what this console knows of the conversation. */
export function matches(conv: Conv, search: string): boolean {
  const asked = wordsOf(search);
  if (!asked.length) return true;
  const { name, email, phone } = conv.consumer;
  const known = wordsOf([name, email, phone, conv.listing?.title, conv.last?.preview, ...conv.tags].join(" "));
  return asked.every((word) => known.some((one) => one.startsWith(word)));
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
