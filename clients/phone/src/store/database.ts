import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from "idb";
import type { Bytes } from "./bytes.ts";

export interface SealedRecord {
  iv: Bytes;
  data: ArrayBuffer;
}

interface PhoneSchema extends DBSchema {
  /** What must be readable before the PIN: wrapped keys and counters. Never anything about a customer. */
  door: { key: string; value: unknown };
  /** Everything else, encrypted. The key is "kind/id" with random ids. */
  sealed: { key: string; value: SealedRecord };
}

export type PhoneDatabase = IDBPDatabase<PhoneSchema>;

const NAME = "allonce-phone";

export function openDatabase(onBlocking: () => void = () => undefined): Promise<PhoneDatabase> {
  return openDB<PhoneSchema>(NAME, 1, {
    upgrade(database) {
      database.createObjectStore("door");
      database.createObjectStore("sealed");
    },
    blocking: onBlocking,
  });
}

export async function destroyDatabase(database: PhoneDatabase): Promise<void> {
  // Keys go first: should the deletion be cut short, what is left can no longer be read.
  await database.clear("door");
  await database.clear("sealed");
  database.close();
  await deleteDB(NAME);
}
