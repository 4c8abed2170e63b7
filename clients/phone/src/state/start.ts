/** What happens once after each unlocking. */
import { effect, signal, untracked } from "@preact/signals";
import { loadHeld } from "../catalogue/versions.ts";
import { check, startChecking } from "./check.ts";
import { isEditor, standForEditor } from "./editor.ts";
import { flush, loadJobs } from "./jobs.ts";
import { sweepOldJobs, sweepOrphanPhotos } from "./sweep.ts";
import { askPersistence } from "./shell.ts";
import { stage, store } from "./session.ts";
import { receiveLaunchedFiles } from "./launch.ts";

/** The jobs and the catalogue are in memory. */
export const ready = signal(false);

let started = false;

effect(() => {
  if (!store.value) ready.value = false;
});

export async function startWork(): Promise<void> {
  await Promise.all([loadJobs(), loadHeld()]);
  ready.value = true;
  void askPersistence();
  if (started) return void check();
  started = true;
  standForEditor({ flush, reread, wiped: () => void (stage.value = "removed") });
  startChecking();
  receiveLaunchedFiles();
  effect(() => {
    // Only these three may wake it: what becoming the editor reads on the way would wake it for ever.
    if (isEditor.value && ready.value && store.value) untracked(becomeEditor);
  });
}

function becomeEditor(): void {
  sweepOldJobs();
  void sweepOrphanPhotos();
  void check();
}

/** Another tab wrote: look again. */
async function reread(): Promise<void> {
  if (store.value) await Promise.all([loadJobs(), loadHeld()]);
}
