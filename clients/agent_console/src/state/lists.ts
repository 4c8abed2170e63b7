/** Older conversations, fetched as the list is scrolled, and what the server finds for a search. */
import { computed, effect, signal } from "@preact/signals";
import { api } from "../api/client.ts";
import type { Conv } from "../api/types.ts";
import { matches, SECTIONS, type Section, split } from "../logic/sections.ts";
import { me, peekConv, put, sections } from "./store.ts";

const PAGE = 100;
const TYPED_MS = 250;
const SOON_MS = 600;

export const search = signal("");
export const folded = signal<ReadonlySet<Section>>(new Set());
export const searching = signal(false);
const found = signal<readonly string[]>([]);

/** Sections of which the snapshot holds only the latest. */
const PAGED = { mail: "hand_over", closed: "closed" } as const;
type Paged = keyof typeof PAGED;

/** Of which sections everything is here. */
export const complete = signal<ReadonlySet<Section>>(new Set(["ringing", "mine", "colleagues"]));
const before: Partial<Record<Paged, string>> = {};
const loading = new Set<Section>();

/** The inbox as it is shown: all, or what the search leaves. */
export const shown = computed(() => {
  const all = sections.value;
  if (!search.value.trim()) return all;
  const byServer = new Set(found.value);
  const hits: Conv[] = [];
  for (const section of SECTIONS) hits.push(...all[section].filter((conv) => byServer.has(conv.id) || matches(conv, search.value)));
  return split(hits, me.value.id);
});

/** More of a section, when the list comes near its end. */
export async function more(section: Section): Promise<void> {
  if (!isPaged(section) || loading.has(section) || complete.peek().has(section) || search.peek()) return;
  loading.add(section);
  try {
    const from = before[section];
    const page = await api.conversations({ state: PAGED[section], limit: PAGE, ...(from ? { before: from } : {}) });
    put(...page.items.filter((conv) => !peekConv(conv.id)));
    if (page.next) before[section] = page.next;
    else complete.value = new Set([...complete.peek(), section]);
  } catch {
    // Scrolling on tries again.
  } finally {
    loading.delete(section);
  }
}

/** The latest of each section, a moment after the first paint: a busy day's mail may fill the snapshot alone. */
export function startLists(): void {
  setTimeout(() => void more("mail").then(() => more("closed")), SOON_MS);
}

function isPaged(section: Section): section is Paged {
  return section in PAGED;
}

export function startSearch(): void {
  let timer = 0;
  effect(() => {
    const words = search.value.trim();
    clearTimeout(timer);
    found.value = [];
    searching.value = words.length > 1;
    if (words.length > 1) timer = window.setTimeout(() => void ask(words), TYPED_MS);
  });
}

async function ask(words: string): Promise<void> {
  const answer = await api.conversations({ q: words }).catch(() => null);
  if (words !== search.peek().trim()) return;
  searching.value = false;
  if (!answer) return;
  put(...answer.items.filter((conv) => !peekConv(conv.id)));
  found.value = answer.items.map((conv) => conv.id);
}

export function fold(section: Section): void {
  const next = new Set(folded.peek());
  if (!next.delete(section)) next.add(section);
  folded.value = next;
}
