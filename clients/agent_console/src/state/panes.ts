/** Which of the panes and dialogs are open. */
import { effect, signal } from "@preact/signals";
import { openId } from "./router.ts";

export type Dialog = "forward" | "mail" | "close" | "tags" | "block";

export const dialog = signal<Dialog | null>(null);
export const teamOpen = signal(false);

/** The details of the visitor, where there is no room for them beside the conversation. */
export const detailsOpen = signal(false);

/** A number that rises with each wish to write; the composer takes the focus then. */
export const wishToWrite = signal(0);

effect(() => {
  openId.value;
  dialog.value = null;
  detailsOpen.value = false;
});
