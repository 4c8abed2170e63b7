// The list of sent mails: names of documents and recipients are sealed, and opened in this browser only.
import "./styles/sent.css";
import { type Keyring, fromBase64url, openJobFile } from "@allonce/sealing";
import { hasKey, loadKeys } from "./account_key/state";
import { unlock } from "./account_key/unlock";
import { Told, telling } from "./manners/problem";
import { t } from "./manners/words";

/** What the phone sealed beside each post; see docs/posting.md. */
interface Label {
  number: string;
  name: string;
}

const reveal = document.querySelector<HTMLButtonElement>("#reveal");

for (const select of document.querySelectorAll<HTMLSelectElement>("[data-submits]")) {
  select.addEventListener("change", () => select.form?.requestSubmit());
}

reveal?.addEventListener("click", () => void telling(showNames));

async function showNames(): Promise<void> {
  const keys = await loadKeys(reveal?.dataset["state"] ?? "");
  if (!hasKey(keys)) throw new Told(t("The account has no key yet, so nothing is sealed."));
  const ring = await unlock(keys);
  const rows = [...document.querySelectorAll<HTMLElement>("[data-label]")];
  const opened = await Promise.all(rows.map((row) => showLabel(row, ring)));
  if (reveal) reveal.hidden = true;
  const left = opened.filter((done) => !done).length;
  if (left) throw new Told(t("{n} names could not be opened: another key sealed them.", { n: left }));
}

/** One row that does not open, say of a key long gone, must not hide the others. */
async function showLabel(row: HTMLElement, ring: Keyring): Promise<boolean> {
  try {
    const content = await openJobFile(fromBase64url(row.dataset["label"] ?? ""), ring.key);
    put(row, content.json as Label);
    return true;
  } catch {
    return false;
  }
}

function put(row: HTMLElement, label: Label): void {
  const number = row.querySelector("[data-number]");
  const name = row.closest("tr")?.querySelector("[data-name]");
  if (number) number.textContent = label.number;
  if (name) name.textContent = label.name;
}
