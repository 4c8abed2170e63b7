/**
 * A copy of all jobs in one file, encrypted with words that the person chooses: it must open on a new phone, where neither
 * the PIN nor this phone's key exists any more.
 */
import { concat, randomBytes, text, toBase64, fromBase64, utf8, type Bytes } from "../store/bytes.ts";
import { PBKDF2_ITERATIONS } from "../store/door.ts";
import type { Job } from "../jobs/model.ts";

const MAGIC = utf8("ALLONCE-BACKUP-1\n");
const SALT = 16;
const IV = 12;
export const BACKUP_SUFFIX = ".allonce-backup";
export const WORDS_MIN_LENGTH = 10;

export interface Backup {
  made_at: string;
  account: string;
  counter: number;
  jobs: Job[];
  photos: Record<string, Bytes>;
}

/** The file is not a backup, was damaged, or the words are not the ones it was made with. */
export class NotOpened extends Error {}

export async function packBackup(backup: Backup, words: string): Promise<Bytes> {
  const salt = randomBytes(SALT);
  const iv = randomBytes(IV);
  const photos = Object.fromEntries(Object.entries(backup.photos).map(([id, bytes]) => [id, toBase64(bytes)]));
  const plain = utf8(JSON.stringify({ ...backup, photos }));
  const sealed = await crypto.subtle.encrypt(recipe(iv), await keyFrom(words, salt), plain);
  return concat(MAGIC, salt, iv, new Uint8Array(sealed));
}

export async function unpackBackup(file: Bytes, words: string): Promise<Backup> {
  const start = MAGIC.length;
  if (text(file.slice(0, start)) !== text(MAGIC)) throw new NotOpened();
  const iv = file.slice(start + SALT, start + SALT + IV);
  const key = await keyFrom(words, file.slice(start, start + SALT));
  const plain = await crypto.subtle.decrypt(recipe(iv), key, file.slice(start + SALT + IV)).catch(() => {
    throw new NotOpened();
  });
  const kept = JSON.parse(text(plain)) as Omit<Backup, "photos"> & { photos: Record<string, string> };
  return { ...kept, photos: Object.fromEntries(Object.entries(kept.photos).map(([id, encoded]) => [id, fromBase64(encoded)])) };
}

const recipe = (iv: Bytes): AesGcmParams => ({ name: "AES-GCM", iv, additionalData: MAGIC });

async function keyFrom(words: string, salt: Bytes): Promise<CryptoKey> {
  const base = await crypto.subtle.importKey("raw", utf8(words.normalize("NFKC")), "PBKDF2", false, ["deriveKey"]);
  const derivation = { name: "PBKDF2", hash: "SHA-256", salt, iterations: PBKDF2_ITERATIONS };
  return crypto.subtle.deriveKey(derivation, base, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/** A job from a backup replaces the one on the phone only where that is older: work done since is left alone. */
export function wins(kept: Job, here: Job | null): boolean {
  if (!here) return true;
  if (kept.doc.revision !== here.doc.revision) return kept.doc.revision > here.doc.revision;
  return kept.seq > here.seq;
}
