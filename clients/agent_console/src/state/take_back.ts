import type { Conv } from "../api/types.ts";
import { textOf } from "../logic/text.ts";
import { draftOf, type Mode } from "./drafts.ts";
import { discard } from "./hub.ts";
import { mode } from "./mode.ts";
import { wishToWrite } from "./panes.ts";

/** Puts what the server refused back into the composer, before what is being typed there. */
export function takeBack(conv: Conv, cid: string): void {
  const item = discard(cid);
  if (!item || item.kind === "picture") return;
  const draft = draftOf(conv.id, item.kind as Mode);
  draft.value = [textOf(item.body), draft.value].filter(Boolean).join("\n");
  mode.value = item.kind as Mode;
  wishToWrite.value += 1;
}
