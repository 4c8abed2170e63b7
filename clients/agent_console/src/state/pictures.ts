/** From which hosts pictures of listings are loaded: the business's own sites, and those that the agent has allowed. */
import { signal } from "@preact/signals";
import { config } from "./config.ts";

const KEY = "allonce.chat.pictures";
const allowed = signal<ReadonlySet<string>>(new Set(read()));

export function isShown(host: string): boolean {
  return allowed.value.has(host) || config.hosts.some((own) => host === own || host.endsWith(`.${own}`));
}

export function allow(host: string): void {
  allowed.value = new Set([...allowed.peek(), host]);
  try {
    localStorage.setItem(KEY, JSON.stringify([...allowed.peek()]));
  } catch {
    // Storage refused: it holds for this page only.
  }
}

function read(): string[] {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "[]") as string[];
  } catch {
    return [];
  }
}
