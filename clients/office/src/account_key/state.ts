// What the server keeps of the account's key: public halves, locks and wraps. It can open none of them.
import type { HolderKind, PreviousKey, PublicJwk } from "@allonce/sealing";
import { t } from "../manners/words";
import { Refused } from "../webauthn/server";

export interface KeyState {
  generation: number;
  public_key: PublicJwk;
  fingerprint: string;
}

export interface HolderState {
  kind: Extract<HolderKind, "passkey" | "recovery">;
  holder_id: string;
  public_key: PublicJwk;
  locked: string | null;
  wrap: string | null;
}

export interface DeviceState {
  id: string;
  name: string;
  user_id: string;
  public_key: PublicJwk;
  wrap: string | null;
}

export interface AccountKeys {
  account_id: string;
  key: KeyState | null;
  previous: PreviousKey[];
  holders: HolderState[];
  devices: DeviceState[];
  passkeys: string[];
}

export interface WithKey extends AccountKeys {
  key: KeyState;
}

export async function loadKeys(url: string): Promise<AccountKeys> {
  const answer = await fetch(url, { headers: { Accept: "application/json" }, cache: "no-store" });
  if (answer.status === 401) throw new Refused(t("You are signed out. Sign in again."));
  if (!answer.ok) throw new TypeError(`keys: ${answer.status}`);
  return (await answer.json()) as AccountKeys;
}

export function hasKey(keys: AccountKeys): keys is WithKey {
  return keys.key !== null;
}
