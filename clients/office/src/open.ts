// Opens a job file in this browser: the file is read, opened and shown here, and never sent anywhere.
import "./styles/keys.css";
import "./styles/job.css";
import { type Bytes, type Keyring, openJobFile, readJobFileHeader } from "@allonce/sealing";
import { hasKey, loadKeys } from "./account_key/state";
import { unlock } from "./account_key/unlock";
import { showJob } from "./job/view";
import type { JobDocument } from "./job/document";
import { Told, telling } from "./manners/problem";
import { t } from "./manners/words";

const page = document.getElementById("open");
const drop = document.getElementById("drop");
const input = document.querySelector<HTMLInputElement>("#file");
const job = document.getElementById("job");
let ring: Keyring | null = null;

input?.addEventListener("change", () => take(input.files));
drop?.addEventListener("dragover", (event) => {
  event.preventDefault();
  drop.classList.add("is-over");
});
drop?.addEventListener("dragleave", () => drop.classList.remove("is-over"));
drop?.addEventListener("drop", (event) => {
  event.preventDefault();
  drop.classList.remove("is-over");
  take(event.dataTransfer?.files ?? null);
});

function take(files: FileList | null): void {
  const file = files?.[0];
  if (file) void telling(() => openFile(file));
}

async function openFile(file: File): Promise<void> {
  if (job) job.hidden = true;
  const bytes = new Uint8Array(await file.arrayBuffer()) as Bytes;
  const header = readJobFileHeader(bytes);
  const keys = await loadKeys(page?.dataset.state ?? "");
  if (!hasKey(keys)) throw new Told(t("The account has no key yet, so this file belongs to another account."));
  if (header.accountId !== keys.account_id) throw new Told(t("This job file belongs to another account. Sign in to that one to open it."));
  ring ??= await unlock(keys);
  const busy = document.getElementById("busy");
  if (busy) busy.hidden = false;
  try {
    const content = await openJobFile(bytes, ring.key);
    if (job) showJob(job, content.json as JobDocument, content.files);
  } finally {
    if (busy) busy.hidden = true;
    if (input) input.value = "";
  }
}
