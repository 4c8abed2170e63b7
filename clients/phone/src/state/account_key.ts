/** The account's own key as this phone may use it: it opens job files and is handed on to colleagues' phones. */
import { Keyring, succeeds, unwrapForDevice, wrapForDevice, checked, type AccountSecret } from "@allonce/sealing";
import type { KeysPart, PendingDevice } from "../api/types.ts";
import { doorValue, who, type DeviceKey } from "./session.ts";

/** The server named a new key for the account without the proof that the old one's holder made it. */
export class UntrustedKey extends Error {}

/** This phone is not approved yet, or the account has no key. */
export class NoKey extends Error {}

async function secretOf(keys: KeysPart | null): Promise<AccountSecret> {
  const { account, deviceId } = who();
  const device = await doorValue<DeviceKey>("seal-key");
  if (!keys?.wrap || !device) throw new NoKey();
  const secret = await unwrapForDevice(keys.wrap, account.id, keys.generation, deviceId, device);
  return checked(secret, keys.public_key);
}

export async function keyring(): Promise<Keyring> {
  const { account, keys } = who();
  return new Keyring(account.id, await secretOf(keys), keys?.previous ?? []);
}

/** The key that the server tells of, if it follows from the one this phone holds. */
export async function trustedKeys(before: KeysPart | null, told: KeysPart | null): Promise<KeysPart | null> {
  if (!before || !told) return told ?? before;
  if (told.generation === before.generation) {
    if (told.public_key.x !== before.public_key.x) throw new UntrustedKey();
    return told;
  }
  if (before.wrap) await proveChain(before, told);
  return told;
}

async function proveChain(before: KeysPart, told: KeysPart): Promise<void> {
  const { account } = who();
  const ring = told.wrap ? new Keyring(account.id, await secretOf(told), told.previous) : null;
  let secret = await secretOf(before);
  const later = [...told.previous, told].filter((key) => key.generation > before.generation).sort((a, b) => a.generation - b.generation);
  for (const key of later) {
    if (!(await succeeds(secret, account.id, key.public_key, key.succession))) throw new UntrustedKey();
    if (ring) secret = await ring.secret(key.generation);
  }
}

/** The account's key, sealed to a colleague's phone; "" while the account has none. */
export async function wrapFor(device: PendingDevice): Promise<string> {
  const { account, keys } = who();
  if (!keys) return "";
  return wrapForDevice(await secretOf(keys), account.id, device.id, device.seal_key);
}
