/** What changes without being touched is read aloud: politely, or at once. */
import { signal } from "@preact/signals";

const polite = signal("");
const urgent = signal("");

export function announce(words: string): void {
  polite.value = words;
}

export function alertAloud(words: string): void {
  urgent.value = words;
}

export function Announcer() {
  return (
    <>
      <p class="only-read" role="status" aria-live="polite">{polite.value}</p>
      <p class="only-read" role="alert">{urgent.value}</p>
    </>
  );
}
