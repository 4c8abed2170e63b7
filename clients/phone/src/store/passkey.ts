/** Opening with a passkey: its PRF secret takes the place of the PIN. Where a browser has no PRF, the PIN stays alone. */
import { door, unlockWithSecret, who } from "../state/session.ts";
import { randomBytes, utf8, type Bytes } from "./bytes.ts";

export class NoPasskeySecret extends Error {}

export const passkeysPossible = (): boolean => "PublicKeyCredential" in window;

export async function hasPasskey(): Promise<boolean> {
  return (await door.passkey()) !== null;
}

/** Makes a passkey on this phone and lets it open the store from now on. The PIN stays as the other way in. */
export async function setPasskey(pin: string): Promise<void> {
  const salt = randomBytes(32);
  const credential = (await navigator.credentials.create({ publicKey: creation(salt) })) as PublicKeyCredential;
  const id = new Uint8Array(credential.rawId);
  const secret = prfOf(credential) ?? (await askSecret(id, salt));
  await door.addPasskey(pin, Date.now(), id, salt, secret);
}

export async function openWithPasskey(): Promise<void> {
  const wrap = await door.passkey();
  if (!wrap) throw new NoPasskeySecret();
  await unlockWithSecret(await askSecret(wrap.credentialId, wrap.salt));
}

function creation(salt: Bytes): PublicKeyCredentialCreationOptions {
  const { user, account, deviceId } = who();
  return {
    challenge: randomBytes(32),
    rp: { name: "Allonce Mobile" },
    user: { id: utf8(deviceId), name: `${user.user_id} ${account.name}`, displayName: user.name },
    pubKeyCredParams: [{ type: "public-key", alg: -7 }, { type: "public-key", alg: -257 }],
    authenticatorSelection: { residentKey: "preferred", userVerification: "required" },
    extensions: { prf: { eval: { first: salt } } },
  };
}

async function askSecret(id: Bytes, salt: Bytes): Promise<Bytes> {
  const credential = (await navigator.credentials.get({
    publicKey: {
      challenge: randomBytes(32),
      allowCredentials: [{ type: "public-key", id }],
      userVerification: "required",
      extensions: { prf: { eval: { first: salt } } },
    },
  })) as PublicKeyCredential;
  const secret = prfOf(credential);
  if (!secret) throw new NoPasskeySecret();
  return secret;
}

function prfOf(credential: PublicKeyCredential): Bytes | null {
  const first = credential.getClientExtensionResults().prf?.results?.first;
  return first ? new Uint8Array(first as ArrayBuffer) : null;
}
