import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import type { Item, Shelf } from "./outbox.ts";

interface OutboxSchema extends DBSchema {
  items: { key: string; value: Item; indexes: { owner: string } };
}

/** The outbox on the disk: it outlasts the page, the browser and the battery. */
class DiskShelf implements Shelf {
  private database: IDBPDatabase<OutboxSchema>;
  constructor(database: IDBPDatabase<OutboxSchema>) {
    this.database = database;
  }

  all(owner: string): Promise<Item[]> {
    return this.database.getAllFromIndex("items", "owner", owner);
  }

  async put(item: Item): Promise<void> {
    await this.database.put("items", item);
  }

  async remove(cid: string): Promise<void> {
    await this.database.delete("items", cid);
  }
}

/** As long as the page lives. */
export class MemoryShelf implements Shelf {
  readonly kept = new Map<string, Item>();

  async all(owner: string): Promise<Item[]> {
    return [...this.kept.values()].filter((item) => item.owner === owner);
  }

  async put(item: Item): Promise<void> {
    this.kept.set(item.cid, item);
  }

  async remove(cid: string): Promise<void> {
    this.kept.delete(cid);
  }
}

/** The disk's shelf, or memory where the browser refuses storage. */
export async function openShelf(name: string): Promise<{ shelf: Shelf; lasting: boolean }> {
  try {
    const database = await openDB<OutboxSchema>(name, 1, {
      upgrade(fresh) {
        fresh.createObjectStore("items", { keyPath: "cid" }).createIndex("owner", "owner");
      },
    });
    return { shelf: new DiskShelf(database), lasting: true };
  } catch {
    return { shelf: new MemoryShelf(), lasting: false };
  }
}
