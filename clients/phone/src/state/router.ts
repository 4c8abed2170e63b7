/** Addresses after the "#": the app never reloads, and the phone's own back button works. */
import { signal } from "@preact/signals";

export const route = signal<string[]>(parse());

function parse(): string[] {
  return location.hash.replace(/^#\/?/, "").split("/").filter(Boolean).map(decodeURIComponent);
}

addEventListener("hashchange", () => {
  route.value = parse();
  scrollTo(0, 0);
});

export function href(...parts: string[]): string {
  return `#/${parts.map(encodeURIComponent).join("/")}`;
}

export function go(...parts: string[]): void {
  location.hash = href(...parts);
}

/** As `go`, without leaving the present screen in the history. */
export function replace(...parts: string[]): void {
  history.replaceState(null, "", href(...parts));
  route.value = parse();
  scrollTo(0, 0);
}
