// Opening the account's key in this browser, by passkey or printed code. It lives in memory until the page is left.
import {
  Keyring,
  PRINTED,
  SealingError,
  checked,
  isRecoveryCode,
  passkeyHolder,
  tidyRecoveryCode,
  unlockWithPasskey,
  unlockWithRecovery,
  unwrapForHolder,
  wrongGroups,
  type Holder,
  type OpeningKey,
} from "@allonce/sealing";
import { GaveUp, showProblem, wordsFor } from "../manners/problem";
import { t } from "../manners/words";
import { checkPin } from "./pin";
import { passkeySecret } from "./passkey";
import type { HolderState, WithKey } from "./state";

/** Asks for passkey or code until one opens the key. Throws GaveUp when the person cancels. */
export function unlock(keys: WithKey): Promise<Keyring> {
  const dialog = document.getElementById("unlock") as HTMLDialogElement;
  const listening = new AbortController();
  return new Promise<Keyring>((resolve, reject) => {
    const attempt = (open: () => Promise<Keyring>): void => {
      void busy(dialog, async () => {
        resolve(await open());
        dialog.close();
      });
    };
    startPasskey(dialog, keys, listening.signal, attempt);
    startCode(dialog, keys, listening.signal, attempt);
    part(dialog, "[data-cancel]").addEventListener("click", () => dialog.close(), listening);
    dialog.addEventListener("close", () => reject(new GaveUp()), listening);
    dialog.showModal();
  }).finally(() => listening.abort());
}

type Attempt = (open: () => Promise<Keyring>) => void;

function startPasskey(dialog: HTMLDialogElement, keys: WithKey, signal: AbortSignal, attempt: Attempt): void {
  const button = part(dialog, "[data-passkey]");
  const own = keys.holders.filter((holder) => holder.kind === "passkey" && holder.locked && holder.wrap);
  button.hidden = own.length === 0;
  button.addEventListener("click", () => attempt(() => openWithPasskey(keys, own)), { signal });
}

function startCode(dialog: HTMLDialogElement, keys: WithKey, signal: AbortSignal, attempt: Attempt): void {
  const input = part(dialog, "input") as HTMLInputElement;
  const hint = part(dialog, "[data-hint]");
  input.value = "";
  input.addEventListener("input", () => guideTyping(input, hint), { signal });
  part(dialog, "form").addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(() => openWithCode(keys, input.value));
  }, { signal });
}

/** Groups what is typed and names a wrong group at once; true when the whole code is right. */
export function guideTyping(input: HTMLInputElement, hint: HTMLElement): boolean {
  const atEnd = input.selectionStart === input.value.length;
  if (atEnd) input.value = tidyRecoveryCode(input.value);
  const wrong = wrongGroups(input.value);
  const whole = isRecoveryCode(input.value);
  input.classList.toggle("is-invalid", wrong.length > 0);
  hint.textContent = wrong.length
    ? t("Group {n} is mistyped.", { n: wrong[0] ?? 0 })
    : whole ? t("The code is whole.") : t("Seven groups of five, from the printed sheet.");
  return whole;
}

async function openWithPasskey(keys: WithKey, own: HolderState[]): Promise<Keyring> {
  const { credentialId, prf } = await passkeySecret(keys.account_id, own.map((each) => each.holder_id));
  const state = own.find((each) => each.holder_id === credentialId);
  if (!state?.locked) throw new SealingError("wrong_key", "this passkey holds no key");
  const key = await unlockWithPasskey(state.locked, keys.account_id, credentialId, prf);
  return ringFor(keys, state, passkeyHolder(credentialId), key);
}

async function openWithCode(keys: WithKey, code: string): Promise<Keyring> {
  const state = keys.holders.find((each) => each.kind === "recovery");
  if (!state?.locked) throw new SealingError("no_key", "no printed code");
  const key = await unlockWithRecovery(state.locked, keys.account_id, code);
  return ringFor(keys, state, PRINTED, key);
}

async function ringFor(keys: WithKey, state: HolderState, holder: Holder, key: OpeningKey): Promise<Keyring> {
  const { generation, public_key: publicKey } = keys.key;
  const opened = await unwrapForHolder(state.wrap ?? "", keys.account_id, generation, holder, key);
  const ring = new Keyring(keys.account_id, await checked(opened, publicKey), keys.previous);
  await checkPin(ring, keys.account_id, publicKey);
  return ring;
}

async function busy(dialog: HTMLDialogElement, act: () => Promise<void>): Promise<void> {
  const problem = part(dialog, "[data-problem]");
  const buttons = dialog.querySelectorAll("button");
  showProblem("", problem);
  buttons.forEach((button) => { button.disabled = true; });
  try {
    await act();
  } catch (error) {
    showProblem(wordsFor(error), problem);
  } finally {
    buttons.forEach((button) => { button.disabled = false; });
  }
}

function part(dialog: HTMLDialogElement, selector: string): HTMLElement {
  const found = dialog.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`the unlock dialog lacks ${selector}`);
  return found;
}
