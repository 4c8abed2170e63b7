import { signal } from "@preact/signals";
import type { SizeField } from "./keypad.tsx";

/** The text of a measurement while it is being typed ("120." is no size yet); empty when nothing is. */
export const typed = signal<Partial<Record<SizeField, string>>>({});
