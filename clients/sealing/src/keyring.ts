/** All generations of an account's key, reached from the newest by the `next` wraps. */

import { equal } from "./bytes.ts";
import { SealingError } from "./errors.ts";
import { type AccountSecret, type OpeningKey, type PublicJwk, openingKey, pointOf } from "./keys.ts";
import { unwrapFromNext } from "./wraps.ts";

/** One older generation, as the server hands it out. */
export interface PreviousKey {
  generation: number;
  public_key: PublicJwk;
  wrap: string;
}

export class Keyring {
  private readonly accountId: string;
  readonly current: AccountSecret;
  private readonly previous: Map<number, PreviousKey>;
  private readonly opened = new Map<number, AccountSecret>();

  constructor(accountId: string, current: AccountSecret, previous: PreviousKey[]) {
    this.accountId = accountId;
    this.current = current;
    this.previous = new Map(previous.map((key) => [key.generation, key]));
    this.opened.set(current.generation, current);
  }

  /** The secret of a generation; throws `no_key` when the chain does not reach it. */
  async secret(generation: number): Promise<AccountSecret> {
    const known = this.opened.get(generation);
    if (known) return known;
    const step = this.previous.get(generation);
    if (!step || generation > this.current.generation) {
      throw new SealingError("no_key", `no key of generation ${generation}`);
    }
    const next = await openingKey(await this.secret(generation + 1));
    const secret = await unwrapFromNext(step.wrap, this.accountId, generation, next);
    this.opened.set(generation, await checked(secret, step.public_key));
    return secret;
  }

  /**
   * Whether this key of an earlier day is reached from the newest one. Whoever slipped in a key of their own cannot
   * seal the earlier secret to it, so a browser or phone that remembers a public key finds out.
   */
  async continues(generation: number, publicKey: PublicJwk): Promise<boolean> {
    try {
      return equal((await this.key(generation)).publicKey, pointOf(publicKey));
    } catch {
      return false;
    }
  }

  /** For `openJobFile`. */
  readonly key = async (generation: number): Promise<OpeningKey> => openingKey(await this.secret(generation));
}

/** The secret again, if it belongs to this public key; else `wrong_key`. */
export async function checked(secret: AccountSecret, publicKey: PublicJwk): Promise<AccountSecret> {
  const { publicKey: point } = await openingKey(secret);
  if (!equal(point, pointOf(publicKey))) throw new SealingError("wrong_key", "the wrap holds another key");
  return secret;
}
