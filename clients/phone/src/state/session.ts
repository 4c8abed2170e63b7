/** Who this phone belongs to, and how it opens and closes. Kept encrypted; in memory only while unlocked. */
import { computed, signal } from "@preact/signals";
import { newDeviceKey, type OpeningKey, type PublicJwk } from "@allonce/sealing";
import { Api } from "../api/client.ts";
import type { DeviceState, KeysPart, UserPart } from "../api/types.ts";
import { destroyDatabase, openDatabase, type PhoneDatabase } from "../store/database.ts";
import { Door } from "../store/door.ts";
import { SealedStore } from "../store/sealed.ts";

export interface Session {
  token: string;
  deviceId: string;
  deviceState: DeviceState;
  fingerprint: string;
  mark: string;
  account: { id: string; name: string; email: string };
  user: UserPart;
  keys: KeysPart | null;
  counter: number;
  checkedAt: number;
  failedAt: number;
  failure: string;
}

export type Stage = "opening" | "register" | "pin" | "locked" | "open" | "removed" | "broken";

export const stage = signal<Stage>("opening");
export const session = signal<Session | null>(null);
export const store = signal<SealedStore | null>(null);
export const api = computed(() => new Api(session.value?.token ?? ""));

const SESSION = "session/current";
let database: PhoneDatabase;
export let door: Door;

export interface DeviceKey extends OpeningKey {
  jwk: PublicJwk;
}

/** Opens the store and finds out which screen comes first. */
export async function openPhone(): Promise<void> {
  database = await openDatabase(() => database.close());
  door = new Door({
    get: (key) => database.get("door", key),
    put: async (key, value) => void (await database.put("door", value, key)),
    delete: (key) => database.delete("door", key),
  });
  const state = await door.state();
  if (state !== "provisional") {
    stage.value = state === "locked" ? "locked" : "register";
    return;
  }
  await enter(await door.openProvisional(), "pin");
}

export const doorValue = <T>(key: string): Promise<T | undefined> => database.get("door", key) as Promise<T | undefined>;
export const putDoorValue = (key: string, value: unknown): Promise<unknown> => database.put("door", value, key);

/** This device's own key pair. It is kept before it is first told, so that a lost answer can be asked for again. */
export async function deviceKey(): Promise<DeviceKey> {
  const kept = await doorValue<DeviceKey>("seal-key");
  if (kept) return kept;
  const made = await newDeviceKey();
  await putDoorValue("seal-key", made);
  return made;
}

/** Keeps a fresh registration before anything else happens: losing it would lock this User out. */
export async function keepRegistration(fresh: Session): Promise<void> {
  store.value = new SealedStore(database, await door.openProvisional());
  await saveSession(fresh);
  stage.value = "pin";
}

export async function setFirstPin(pin: string): Promise<void> {
  const { key, wrap } = await door.create(pin);
  await opened().moveTo(key, wrap);
  await enter(key, "open");
}

export async function unlock(pin: string): Promise<void> {
  await enter(await door.unlock(pin, Date.now()), "open");
}

export async function unlockWithSecret(secret: Uint8Array<ArrayBuffer>): Promise<void> {
  await enter(await door.unlockWithPasskey(secret), "open");
}

async function enter(key: CryptoKey, next: Stage): Promise<void> {
  const sealed = new SealedStore(database, key);
  const kept = await sealed.get<Session>(SESSION);
  if (!kept) {
    stage.value = "register";
    return;
  }
  store.value = sealed;
  session.value = kept;
  stage.value = next;
}

/** Forgets the keys in memory; what is stored stays, and needs the PIN again. */
export function lock(): void {
  store.value = null;
  session.value = null;
  stage.value = "locked";
}

export function opened(): SealedStore {
  if (!store.value) throw new Error("the phone is locked");
  return store.value;
}

export function who(): Session {
  if (!session.value) throw new Error("the phone is locked");
  return session.value;
}

export async function saveSession(next: Session): Promise<void> {
  session.value = next;
  await opened().put(SESSION, next);
}

export async function patchSession(change: Partial<Session>): Promise<void> {
  await saveSession({ ...who(), ...change });
}

/** After unregistering: every key and record goes, then the phone says why. */
export async function wipePhone(): Promise<void> {
  stage.value = "removed";
  session.value = null;
  store.value = null;
  await destroyDatabase(database);
}
