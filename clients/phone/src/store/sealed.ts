/** Reads and writes encrypted records. Each is bound to its own name, so that none can be put in another's place. */
import { randomBytes, text, utf8, type Bytes } from "./bytes.ts";
import type { Wrap } from "./door.ts";
import type { PhoneDatabase, SealedRecord } from "./database.ts";

export class StorageFull extends Error {}

export class SealedStore {
  private readonly database: PhoneDatabase;
  private key: CryptoKey;

  constructor(database: PhoneDatabase, key: CryptoKey) {
    this.database = database;
    this.key = key;
  }

  async get<T>(name: string): Promise<T | null> {
    const bytes = await this.getBytes(name);
    return bytes ? (JSON.parse(text(bytes)) as T) : null;
  }

  async getBytes(name: string): Promise<Bytes | null> {
    const record = await this.database.get("sealed", name);
    return record ? this.decrypt(name, record) : null;
  }

  /** Records by their names, read in one transaction; null where there is none. */
  async getMany<T>(names: readonly string[]): Promise<(T | null)[]> {
    const { store } = this.database.transaction("sealed");
    const records = await Promise.all(names.map((name) => store.get(name)));
    return Promise.all(
      records.map(async (record, at) => (record ? (JSON.parse(text(await this.decrypt(names[at] as string, record))) as T) : null)),
    );
  }

  /** All records of a kind, with those that cannot be read left out and named. */
  async all<T>(kind: string): Promise<{ values: T[]; unreadable: string[] }> {
    const found = { values: [] as T[], unreadable: [] as string[] };
    const names = await this.names(kind);
    const read = await Promise.allSettled(names.map((name) => this.get<T>(name)));
    read.forEach((one, at) => {
      if (one.status === "fulfilled" && one.value) found.values.push(one.value);
      else found.unreadable.push(names[at] as string);
    });
    return found;
  }

  names(kind: string): Promise<string[]> {
    return this.database.getAllKeys("sealed", IDBKeyRange.bound(`${kind}/`, `${kind}/\uffff`));
  }

  put(name: string, value: unknown): Promise<void> {
    return this.putBytes([[name, utf8(JSON.stringify(value))]]);
  }

  /** Writes all or none: one transaction, on the disk before the promise is kept. */
  async putBytes(entries: readonly (readonly [string, Bytes])[]): Promise<void> {
    const records = await Promise.all(
      entries.map(async ([name, bytes]) => [name, await this.encrypt(name, bytes)] as const),
    );
    try {
      const transaction = this.database.transaction("sealed", "readwrite", { durability: "strict" });
      await Promise.all([...records.map(([name, record]) => transaction.store.put(record, name)), transaction.done]);
    } catch (error) {
      throw isQuota(error) ? new StorageFull() : error;
    }
  }

  async delete(names: readonly string[]): Promise<void> {
    const transaction = this.database.transaction("sealed", "readwrite");
    await Promise.all([...names.map((name) => transaction.store.delete(name)), transaction.done]);
  }

  /** Re-encrypts everything under the PIN's own key and locks the door with it: all of it happens, or nothing. */
  async moveTo(key: CryptoKey, wrap: Wrap): Promise<void> {
    const names = await this.database.getAllKeys("sealed");
    const plain = await Promise.all(names.map(async (name) => [name, await this.getBytes(name)] as const));
    this.key = key;
    const kept = plain.filter((entry): entry is readonly [string, Bytes] => entry[1] !== null);
    const records = await Promise.all(kept.map(async ([name, bytes]) => [name, await this.encrypt(name, bytes)] as const));
    const transaction = this.database.transaction(["sealed", "door"], "readwrite", { durability: "strict" });
    const writes = records.map(([name, record]) => transaction.objectStore("sealed").put(record, name));
    const door = transaction.objectStore("door");
    await Promise.all([...writes, door.put(wrap, "pin"), door.delete("provisional"), transaction.done]);
  }

  private async encrypt(name: string, bytes: Bytes): Promise<SealedRecord> {
    const iv = randomBytes(12);
    const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: utf8(name) }, this.key, bytes);
    return { iv, data };
  }

  private async decrypt(name: string, record: SealedRecord): Promise<Bytes> {
    const recipe = { name: "AES-GCM", iv: record.iv, additionalData: utf8(name) };
    return new Uint8Array(await crypto.subtle.decrypt(recipe, this.key, record.data));
  }
}

function isQuota(error: unknown): boolean {
  return error instanceof DOMException && (error.name === "QuotaExceededError" || error.name === "UnknownError");
}
