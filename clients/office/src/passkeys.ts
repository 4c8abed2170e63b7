// Passkeys: signing in with one, adding one, and (for pages that hold keys) proving one again.
import { makeCredential, passkeysWork, useCredential, type Proof } from "./webauthn/credentials";
import { ask, Refused } from "./webauthn/server";

export type { Proof } from "./webauthn/credentials";
export { passkeysWork } from "./webauthn/credentials";

type Options = Record<string, unknown>;
export interface KeptPasskey { id: string; credential_id: string; prf: boolean }

const PROOF_OPTIONS = "/account/passkeys/proof/options/";
const PROOF = "/account/passkeys/proof/";

/** Makes a passkey and has the server keep it. */
export async function addPasskey(optionsUrl: string, registerUrl: string, name = ""): Promise<KeptPasskey> {
  const made = await makeCredential(await ask<Options>(optionsUrl));
  return ask<KeptPasskey>(registerUrl, { name, answer: made.answer });
}

/** Has the signed-in person use one of their passkeys; the server checks it, and `prf` is the secret for `evalFirst`. */
export async function provePasskey(evalFirst?: Uint8Array): Promise<Proof> {
  const proof = await useCredential(await ask<Options>(PROOF_OPTIONS), evalFirst);
  await ask(PROOF, proof.answer);
  return proof;
}

function startSignIn(place: HTMLElement): void {
  const { options = "", verify = "", next = "" } = place.dataset;
  place.hidden = false;
  place.querySelector("button")?.addEventListener("click", () => attempt(place, async () => {
    const proof = await useCredential(await ask<Options>(options));
    const done = await ask<{ next: string }>(`${verify}?next=${encodeURIComponent(next)}`, proof.answer);
    location.assign(done.next);
  }));
}

function startAdding(button: HTMLButtonElement): void {
  const { options = "", register = "" } = button.dataset;
  button.addEventListener("click", () => attempt(document.body, async () => {
    await addPasskey(options, register);
    location.reload();
  }));
}

/** What went wrong is said in the page's own, translated words. */
async function attempt(place: HTMLElement, act: () => Promise<void>): Promise<void> {
  const note = place.querySelector<HTMLElement>("[data-passkey-error]");
  if (note) note.hidden = true;
  try {
    await act();
  } catch (error) {
    if (!note) throw error;
    note.textContent = wordsFor(error, note.dataset);
    note.hidden = false;
  }
}

function wordsFor(error: unknown, words: DOMStringMap): string {
  if (error instanceof Refused && error.message) return error.message;
  if (error instanceof DOMException && error.name === "InvalidStateError") return words.known ?? "";
  if (error instanceof DOMException) return words.declined ?? "";
  return words.offline ?? "";
}

if (passkeysWork) {
  document.querySelectorAll<HTMLElement>("[data-passkey-sign-in]").forEach(startSignIn);
  document.querySelectorAll<HTMLButtonElement>("[data-add-passkey]").forEach(startAdding);
} else {
  document.querySelectorAll<HTMLButtonElement>("[data-add-passkey]").forEach((button) => { button.disabled = true; });
}
