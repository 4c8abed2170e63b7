/**
 * The lock of the phone's store.
 *
 * One random data key encrypts everything. It is kept only wrapped: by the PIN through a slow derivation, or by a
 * passkey's secret, each combined with a device key that this browser never gives out. Stolen bytes alone are
 * therefore useless even against a short PIN; see docs/security-phone.md for what that does not stop.
 */
import { randomBytes, utf8, type Bytes } from "./bytes.ts";

export const PBKDF2_ITERATIONS = 600_000;
export const PIN_MIN_LENGTH = 6;

const FREE_TRIES = 4;
const FIRST_DELAY_S = 15;
const LONGEST_DELAY_S = 3600;

export interface DoorStorage {
  get(key: string): Promise<unknown>;
  put(key: string, value: unknown): Promise<void>;
  delete(key: string): Promise<void>;
}

export interface Wrap {
  salt: Bytes;
  iterations: number;
  iv: Bytes;
  wrapped: ArrayBuffer;
}

export interface PasskeyWrap {
  credentialId: Bytes;
  salt: Bytes;
  iv: Bytes;
  wrapped: ArrayBuffer;
}

interface Failures {
  count: number;
  until: number;
}

export class WrongPin extends Error {
  readonly retryAt: number;
  constructor(retryAt: number) {
    super("wrong PIN");
    this.retryAt = retryAt;
  }
}

/** Seconds to wait after the given number of wrong PINs in a row. */
export function delayAfter(wrong: number): number {
  if (wrong <= FREE_TRIES) return 0;
  return Math.min(LONGEST_DELAY_S, FIRST_DELAY_S * 2 ** (wrong - FREE_TRIES - 1));
}

/** Says what is wrong with a new PIN, or null. The words are looked up under "pin.". */
export function weakPin(pin: string): "short" | "digits" | "simple" | null {
  if (!/^\d*$/.test(pin)) return "digits";
  if (pin.length < PIN_MIN_LENGTH) return "short";
  const steps = new Set([...pin].slice(1).map((digit, at) => Number(digit) - Number(pin[at])));
  const run = steps.size === 1 && [0, 1, -1].includes([...steps][0] ?? 9);
  return run ? "simple" : null;
}

export class Door {
  private readonly storage: DoorStorage;
  constructor(storage: DoorStorage) {
    this.storage = storage;
  }

  async state(): Promise<"new" | "provisional" | "locked"> {
    if (await this.storage.get("pin")) return "locked";
    return (await this.storage.get("provisional")) ? "provisional" : "new";
  }

  /** Before a PIN exists only the registration is stored, under a key that the PIN's own key then replaces. */
  async openProvisional(): Promise<CryptoKey> {
    const kept = (await this.storage.get("provisional")) as CryptoKey | undefined;
    if (kept) return kept;
    const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    await this.storage.put("provisional", key);
    return key;
  }

  /** Makes the lasting data key and its wrap. The caller stores the wrap in one step with what it re-encrypts. */
  async create(pin: string): Promise<{ key: CryptoKey; wrap: Wrap }> {
    const raw = randomBytes(32);
    return { key: await importDataKey(raw), wrap: await this.wrapWithPin(raw, pin) };
  }

  async unlock(pin: string, now: number): Promise<CryptoKey> {
    return importDataKey(await this.openWithPin(pin, now));
  }

  async changePin(oldPin: string, newPin: string, now: number): Promise<void> {
    const raw = await this.openWithPin(oldPin, now);
    await this.storage.put("pin", await this.wrapWithPin(raw, newPin));
  }

  async addPasskey(pin: string, now: number, credentialId: Bytes, salt: Bytes, secret: Bytes): Promise<void> {
    const raw = await this.openWithPin(pin, now);
    const sealed = await seal(await this.combine(secret), raw);
    await this.storage.put("passkey", { credentialId, salt, ...sealed } satisfies PasskeyWrap);
  }

  async passkey(): Promise<PasskeyWrap | null> {
    return ((await this.storage.get("passkey")) as PasskeyWrap | undefined) ?? null;
  }

  async removePasskey(): Promise<void> {
    await this.storage.delete("passkey");
  }

  async unlockWithPasskey(secret: Bytes): Promise<CryptoKey> {
    const wrap = await this.passkey();
    if (!wrap) throw new Error("no passkey was set on this phone");
    const raw = await open(await this.combine(secret), wrap);
    await this.storage.delete("failures");
    return importDataKey(raw);
  }

  /** When the next PIN may be tried, as a time in milliseconds; 0 when at once. */
  async retryAt(): Promise<number> {
    return ((await this.storage.get("failures")) as Failures | undefined)?.until ?? 0;
  }

  private async openWithPin(pin: string, now: number): Promise<Bytes> {
    const waitUntil = await this.retryAt();
    if (now < waitUntil) throw new WrongPin(waitUntil);
    const counted = await this.countTry(now);
    const wrap = (await this.storage.get("pin")) as Wrap;
    try {
      const raw = await open(await this.combine(await stretch(pin, wrap)), wrap);
      await this.storage.delete("failures");
      return raw;
    } catch {
      throw new WrongPin(counted.until);
    }
  }

  /** A try is counted before it is made, so that killing the app in between does not give a free one. */
  private async countTry(now: number): Promise<Failures> {
    const before = (await this.storage.get("failures")) as Failures | undefined;
    const count = (before?.count ?? 0) + 1;
    const wait = delayAfter(count);
    const failures = { count, until: wait ? now + wait * 1000 : 0 };
    await this.storage.put("failures", failures);
    return failures;
  }

  private async wrapWithPin(raw: Bytes, pin: string): Promise<Wrap> {
    const recipe = { salt: randomBytes(16), iterations: PBKDF2_ITERATIONS };
    return { ...recipe, ...(await seal(await this.combine(await stretch(pin, recipe)), raw)) };
  }

  private async combine(secret: Bytes): Promise<CryptoKey> {
    const mixed = await crypto.subtle.sign("HMAC", await this.deviceKey(), secret);
    return crypto.subtle.importKey("raw", mixed, "AES-GCM", false, ["encrypt", "decrypt"]);
  }

  private async deviceKey(): Promise<CryptoKey> {
    const kept = (await this.storage.get("device-key")) as CryptoKey | undefined;
    if (kept) return kept;
    const key = await crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
    await this.storage.put("device-key", key);
    return key;
  }
}

async function stretch(pin: string, recipe: { salt: Bytes; iterations: number }): Promise<Bytes> {
  const base = await crypto.subtle.importKey("raw", utf8(pin), "PBKDF2", false, ["deriveBits"]);
  const parameters = { name: "PBKDF2", hash: "SHA-256", salt: recipe.salt, iterations: recipe.iterations };
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, base, 256));
}

async function seal(key: CryptoKey, raw: Bytes): Promise<{ iv: Bytes; wrapped: ArrayBuffer }> {
  const iv = randomBytes(12);
  return { iv, wrapped: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, raw) };
}

async function open(key: CryptoKey, sealed: { iv: Bytes; wrapped: ArrayBuffer }): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv: sealed.iv }, key, sealed.wrapped));
}

function importDataKey(raw: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
}
