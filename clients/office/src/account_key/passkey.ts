// The secret of a passkey, for this account alone. It is made by the authenticator and never leaves the browser.
import { base64url, prfInput, type Bytes } from "@allonce/sealing";
import { Told } from "../manners/problem";
import { t } from "../manners/words";
import { useCredential } from "../webauthn/credentials";

export interface PasskeySecret {
  credentialId: string;
  prf: Bytes;
}

/** Asks for one of these passkeys. Throws Told when it cannot make secrets, DOMException when the person declines. */
export async function passkeySecret(accountId: string, credentialIds: string[]): Promise<PasskeySecret> {
  const options = {
    // No server checks this proof: what counts is the secret, which only the right passkey makes.
    challenge: base64url(crypto.getRandomValues(new Uint8Array(32))),
    allowCredentials: credentialIds.map((id) => ({ type: "public-key", id })),
    userVerification: "required",
  };
  const { credentialId, prf } = await useCredential(options, await prfInput(accountId));
  if (!prf) throw new Told(t("This passkey, or this browser, cannot hold keys. The printed code always works."));
  return { credentialId, prf: prf.slice() as Bytes };
}
