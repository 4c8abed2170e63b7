import { signal } from "@preact/signals";

/** Conversations that were asked for and are not there. */
export const missing = signal<ReadonlySet<string>>(new Set());
