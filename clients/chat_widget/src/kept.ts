import type { Item } from "./protocol/outbox.ts";

/** What one tab keeps of its chat while the browser lets it, and no longer than the tab lives. */
export interface Kept {
  token?: string;
  stream?: string;
  outbox?: Item[];
  draft?: string;
  details?: Details;
  /** the token of the conversation before this one, by which the Client knows the visitor again */
  known?: string;
  /** the visitor was already asked for an address on leaving */
  asked?: boolean;
}

/** What the visitor chose to tell of themselves. */
export interface Details {
  name?: string;
  email?: string;
  phone?: string;
}

/** sessionStorage where it works; otherwise this page's memory alone. */
export class Keeper {
  readonly lasting: boolean;
  kept: Kept;
  readonly #name: string;
  readonly #storage: Storage | undefined;

  constructor(name: string, storage: () => Storage) {
    this.#name = name;
    this.#storage = usable(storage);
    this.lasting = this.#storage !== undefined;
    this.kept = this.#read();
  }

  /** Go on with the conversation of this token, whichever this tab had before. */
  enter(token: string): void {
    if (this.kept.token === token) return;
    this.kept = {};
    this.set({ token, stream: token.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/, "$1-$2-$3-$4-$5") });
  }

  set(changes: Kept): void {
    this.kept = { ...this.kept, ...changes };
    try {
      this.#storage?.setItem(this.#name, JSON.stringify(this.kept));
    } catch {
      // Full or switched off in the meantime: this page's memory still holds everything.
    }
  }

  #read(): Kept {
    try {
      return JSON.parse(this.#storage?.getItem(this.#name) ?? "{}") as Kept;
    } catch {
      return {};
    }
  }
}

function usable(storage: () => Storage): Storage | undefined {
  try {
    const found = storage();
    found.setItem("allonce", "1");
    found.removeItem("allonce");
    return found;
  } catch {
    return undefined;
  }
}
