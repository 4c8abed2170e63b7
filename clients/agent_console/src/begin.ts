import { stage, start } from "./state/hub.ts";
import { startLists, startSearch } from "./state/lists.ts";
import { startPresence } from "./state/presence.ts";
import { startPush } from "./state/push.ts";
import { startSound } from "./state/sound.ts";
import { startTicking } from "./state/timers.ts";
import { startTitle } from "./state/title.ts";
import { startTranslate } from "./state/translate.ts";
import { startWelcome } from "./state/welcome.ts";

/** The list comes first; what can wait a moment waits. */
export async function begin(): Promise<void> {
  await start();
  if (stage.peek() !== "ready") return;
  startTicking();
  startTitle();
  startSound();
  startSearch();
  startLists();
  startWelcome();
  startPresence();
  void startPush();
  void startTranslate();
}
