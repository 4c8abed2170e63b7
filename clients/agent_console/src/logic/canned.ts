/** Prepared answers: found by what is typed behind "/", their fields filled from the conversation at hand. */
import type { Canned, Conv } from "../api/types.ts";

export interface Filled {
  text: string;
  /** Where fields stand that nothing is known for: the agent fills them in before sending. */
  open: { from: number; to: number }[];
}

const FIELD = /\{(\w+)\}/g;

export function fieldsOf(conv: Conv, agent: string, business: string): Record<string, string> {
  return {
    visitor_name: conv.consumer.name ?? "",
    agent_name: agent,
    business,
    listing_title: conv.listing?.title ?? "",
    listing_price: conv.listing?.price ?? "",
    page_title: conv.page?.title ?? "",
  };
}

export function fill(text: string, values: Readonly<Record<string, string>>): Filled {
  const open: Filled["open"] = [];
  let written = "";
  let done = 0;
  for (const found of text.matchAll(FIELD)) {
    written += text.slice(done, found.index);
    const value = values[found[1] ?? ""] || found[0];
    if (value === found[0]) open.push({ from: written.length, to: written.length + value.length });
    written += value;
    done = found.index + found[0].length;
  }
  return { text: written + text.slice(done), open };
}

/** What is typed behind a "/" at the start of the field, or null if no answer is being looked for. */
export function slashOf(typed: string): string | null {
  return /^\/(\S{0,30})$/.exec(typed)?.[1] ?? null;
}

/** Answers for what was typed: by shortcut first, then by words of the title. */
export function findCanned(all: readonly Canned[], typed: string): Canned[] {
  const asked = typed.toLowerCase();
  const byShortcut = all.filter((one) => one.shortcut.toLowerCase().startsWith(asked));
  const byTitle = all.filter((one) => !byShortcut.includes(one) && words(one.title).some((word) => word.startsWith(asked)));
  return [...byShortcut, ...byTitle];
}

/** The first field that is still open in a text, so that Tab can go there; a text with one is not sent. */
export function openField(text: string, known: readonly string[], from = 0): { from: number; to: number } | null {
  for (const found of text.matchAll(FIELD)) {
    if (found.index >= from && known.includes(found[1] ?? "")) return { from: found.index, to: found.index + found[0].length };
  }
  return null;
}

function words(text: string): string[] {
  return text.toLowerCase().split(/\s+/);
}
