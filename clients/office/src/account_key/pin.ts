// This browser remembers the account's key, so that nobody can put another in its place unnoticed.
import { type Keyring, type PublicJwk, SealingError } from "@allonce/sealing";

interface Pin {
  generation: number;
  public_key: PublicJwk;
}

const nameOf = (accountId: string): string => `account-key:${accountId}`;

/** Throws `not_successor` when the key in hand does not lead back to the one seen here before. */
export async function checkPin(ring: Keyring, accountId: string, publicKey: PublicJwk): Promise<void> {
  const seen = readPin(accountId);
  if (seen && !(await ring.continues(seen.generation, seen.public_key))) {
    throw new SealingError("not_successor", "the key does not lead back to the one seen before");
  }
  pin(accountId, ring.current.generation, publicKey);
}

export function pin(accountId: string, generation: number, publicKey: PublicJwk): void {
  localStorage.setItem(nameOf(accountId), JSON.stringify({ generation, public_key: publicKey } satisfies Pin));
}

function readPin(accountId: string): Pin | null {
  const kept = localStorage.getItem(nameOf(accountId));
  return kept ? (JSON.parse(kept) as Pin) : null;
}
