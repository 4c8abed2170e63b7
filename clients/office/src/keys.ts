// Keys and recovery: set up, renew, add a passkey, replace the printed code. All keys are made and opened here.
import "./styles/keys.css";
import { fingerprint, newAccountKey } from "@allonce/sealing";
import { addPasskey, firstKey, renewal, replaceCode } from "./account_key/making";
import { showNewCode } from "./account_key/new_code";
import { passkeySecret } from "./account_key/passkey";
import { pin } from "./account_key/pin";
import { hasKey, loadKeys, type WithKey } from "./account_key/state";
import { unlock } from "./account_key/unlock";
import { Told, telling } from "./manners/problem";
import { t } from "./manners/words";
import { ask } from "./webauthn/server";

const page = document.getElementById("keys");
const address = (name: string): string => page?.dataset[name] ?? "";
const button = (id: string): HTMLButtonElement | null => document.querySelector(`#${id}`);
const on = (id: string, act: () => Promise<void>): void => {
  button(id)?.addEventListener("click", () => void telling(act));
};

on("make-key", async () => {
  const keys = await loadKeys(address("state"));
  const made = await newAccountKey(1);
  const start = document.getElementById("start-card");
  if (start) start.hidden = true;
  const code = showNewCode(await fingerprint(made.publicKey), enable("finish"));
  offerPasskey(keys.passkeys.length > 0);
  on("finish", async () => {
    const passkey = wantsPasskey() ? await passkeySecret(keys.account_id, keys.passkeys) : null;
    await ask(address("setUp"), await firstKey(keys, made, code, passkey));
    pin(keys.account_id, 1, made.publicKey);
    leaveSafely();
  });
});

on("renew-button", async () => {
  const keys = await standing();
  const { made, offer } = await renewal(keys, await unlock(keys));
  await ask(address("renew"), offer);
  pin(keys.account_id, made.secret.generation, made.publicKey);
  leaveSafely();
});

on("add-passkey", async () => {
  const keys = await standing();
  if (!keys.passkeys.length) throw new Told(t("Add a passkey to your sign-in first, under Account, Passkeys."));
  const ring = await unlock(keys);
  await ask(address("add"), await addPasskey(keys, ring, await passkeySecret(keys.account_id, keys.passkeys)));
  leaveSafely();
});

on("new-code-button", async () => {
  const keys = await standing();
  const ring = await unlock(keys);
  const code = showNewCode(keys.key.fingerprint, enable("finish-code"));
  document.getElementById("new-code-finish")?.removeAttribute("hidden");
  on("finish-code", async () => {
    await ask(address("add"), await replaceCode(keys, ring, code));
    leaveSafely();
  });
});

async function standing(): Promise<WithKey> {
  const keys = await loadKeys(address("state"));
  if (!hasKey(keys)) throw new Told(t("The account has no key yet. Load the page again."));
  return keys;
}

function enable(id: string): (right: boolean) => void {
  window.addEventListener("beforeunload", warn);
  return (right) => {
    const finish = button(id);
    if (finish) finish.disabled = !right;
  };
}

function warn(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

function leaveSafely(): void {
  window.removeEventListener("beforeunload", warn);
  location.reload();
}

function offerPasskey(possible: boolean): void {
  document.getElementById("finish-card")?.removeAttribute("hidden");
  document.getElementById(possible ? "passkey-choice" : "no-passkey")?.removeAttribute("hidden");
}

function wantsPasskey(): boolean {
  const choice = document.querySelector<HTMLInputElement>("#with-passkey");
  return Boolean(choice?.checked) && !document.getElementById("passkey-choice")?.hidden;
}
