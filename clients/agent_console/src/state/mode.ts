import { signal } from "@preact/signals";
import type { Mode } from "./drafts.ts";

/** To whom the composer speaks. */
export const mode = signal<Mode>("text");
