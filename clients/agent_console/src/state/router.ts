/** Addresses after the "#": the page never reloads, and the browser's own back button works. */
import { computed, signal } from "@preact/signals";

export const route = signal<string[]>(parse());

/** The conversation on the screen. */
export const openId = computed(() => (route.value[0] === "c" ? (route.value[1] ?? null) : null));

function parse(): string[] {
  return location.hash.replace(/^#\/?/, "").split("/").filter(Boolean).map(decode);
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

addEventListener("hashchange", () => (route.value = parse()));

export function href(...parts: string[]): string {
  return `#/${parts.map(encodeURIComponent).join("/")}`;
}

export function go(...parts: string[]): void {
  location.hash = href(...parts);
}

/** As `go`, without leaving the present address in the history. */
export function replace(...parts: string[]): void {
  history.replaceState(null, "", href(...parts));
  route.value = parse();
}
