// Making keys: the first one, and the next one after a device or passkey is no longer trusted.
import {
  PRINTED,
  type AccountSecret,
  type Holder,
  type Keyring,
  type NewAccountKey,
  type PublicJwk,
  isAttested,
  lockWithPasskey,
  lockWithRecovery,
  newAccountKey,
  passkeyHolder,
  proveSuccession,
  wrapForHolder,
  wrapForNext,
} from "@allonce/sealing";
import { Told } from "../manners/problem";
import { t } from "../manners/words";
import type { PasskeySecret } from "./passkey";
import type { AccountKeys, WithKey } from "./state";

interface NewHolder {
  kind: "passkey" | "recovery";
  holder_id: string;
  public_key: PublicJwk;
  locked: string;
}

interface NewWrap {
  holder_kind: string;
  holder_id: string;
  wrapped: string;
}

interface Standing {
  holder: Holder;
  publicKey: PublicJwk;
  wrap: string;
  name: string;
}

export interface Added {
  holder: NewHolder;
  wrap: NewWrap;
  generation: number;
}

/** The first key, sealed to the printed code, a passkey if there is one, and the devices approved so far. */
export async function firstKey(keys: AccountKeys, made: NewAccountKey, code: string, passkey: PasskeySecret | null) {
  const holders = [await recoveryHolder(keys.account_id, code)];
  if (passkey) holders.push(await passkeyHolderOf(keys.account_id, passkey));
  const all = [
    ...holders.map((each) => ({ holder: { kind: each.kind, id: each.holder_id }, publicKey: each.public_key })),
    ...keys.devices.map((each) => ({ holder: { kind: "device" as const, id: each.id }, publicKey: each.public_key })),
  ];
  const wraps = await wrapAll(made.secret, keys.account_id, all);
  return { public_key: made.publicKey, holders, wraps };
}

/** The next generation for everybody who stands. Throws Told when the server names a holder that nobody approved. */
export async function renewal(keys: WithKey, ring: Keyring) {
  const standing = standingHolders(keys);
  await checkAttested(keys, ring.current, standing);
  const made = await newAccountKey(keys.key.generation + 1);
  return {
    made,
    offer: {
      generation: made.secret.generation,
      public_key: made.publicKey,
      succession: await proveSuccession(ring.current, keys.account_id, made.publicKey),
      next_wrap: await wrapForNext(ring.current, keys.account_id, made.publicKey),
      wraps: await wrapAll(made.secret, keys.account_id, standing),
    },
  };
}

export async function addPasskey(keys: WithKey, ring: Keyring, passkey: PasskeySecret): Promise<Added> {
  return added(keys, ring, await passkeyHolderOf(keys.account_id, passkey), passkeyHolder(passkey.credentialId));
}

export async function replaceCode(keys: WithKey, ring: Keyring, code: string): Promise<Added> {
  return added(keys, ring, await recoveryHolder(keys.account_id, code), PRINTED);
}

async function added(keys: WithKey, ring: Keyring, offer: NewHolder, holder: Holder): Promise<Added> {
  const [wrap] = await wrapAll(ring.current, keys.account_id, [{ holder, publicKey: offer.public_key }]);
  if (!wrap) throw new Error("one holder, one wrap");
  return { holder: offer, wrap, generation: keys.key.generation };
}

async function recoveryHolder(accountId: string, code: string): Promise<NewHolder> {
  const { publicKey, locked } = await lockWithRecovery(accountId, code);
  return { kind: "recovery", holder_id: PRINTED.id, public_key: publicKey, locked };
}

async function passkeyHolderOf(accountId: string, passkey: PasskeySecret): Promise<NewHolder> {
  const { publicKey, locked } = await lockWithPasskey(accountId, passkey.credentialId, passkey.prf);
  return { kind: "passkey", holder_id: passkey.credentialId, public_key: publicKey, locked };
}

async function wrapAll(
  secret: AccountSecret, accountId: string, all: { holder: Holder; publicKey: PublicJwk }[],
): Promise<NewWrap[]> {
  return Promise.all(all.map(async ({ holder, publicKey }) => ({
    holder_kind: holder.kind,
    holder_id: holder.id,
    wrapped: await wrapForHolder(secret, accountId, holder, publicKey),
  })));
}

function standingHolders(keys: WithKey): Standing[] {
  const holders = keys.holders.map((each) => ({
    holder: { kind: each.kind, id: each.holder_id },
    publicKey: each.public_key,
    wrap: each.wrap ?? "",
    name: each.kind === "recovery" ? t("the printed code") : t("a passkey"),
  }));
  const devices = keys.devices.map((each) => ({
    holder: { kind: "device" as const, id: each.id },
    publicKey: each.public_key,
    wrap: each.wrap ?? "",
    name: `${each.name} (${each.user_id})`,
  }));
  return [...holders, ...devices];
}

async function checkAttested(keys: WithKey, secret: AccountSecret, standing: Standing[]): Promise<void> {
  for (const { wrap, holder, publicKey, name } of standing) {
    const genuine = wrap !== "" && (await isAttested(wrap, secret, keys.account_id, holder, publicKey));
    if (!genuine) {
      throw new Told(t("Nobody who held the key approved {name}. The key is not renewed. Unregister it, or tell whoever runs this service.", { name }));
    }
  }
}
