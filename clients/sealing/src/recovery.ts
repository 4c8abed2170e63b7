/**
 * The printed recovery code: seven groups of five Crockford characters, 140 random bits. The fifth character
 * of a group checks the four before it and the group's place, so a slip is found while it is typed.
 */

import { type Bytes, random } from "./bytes.ts";
import { SealingError } from "./errors.ts";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const GROUPS = 7;
const DATA = 4;

/** A new code, as it is printed: "7KQ2M-...". */
export function newRecoveryCode(): string {
  const values = Array.from(random(GROUPS * DATA), (byte) => byte & 31);
  return Array.from({ length: GROUPS }, (_, n) => group(values.slice(n * DATA, (n + 1) * DATA), n)).join("-");
}

/** Upper case, look-alikes mended (O is 0, I and L are 1), grouped. Any length: for use while typing. */
export function tidyRecoveryCode(typed: string): string {
  const kept = typed.toUpperCase().replaceAll("O", "0").replace(/[IL]/g, "1").replace(/[^0-9A-Z]/g, "");
  return kept.slice(0, GROUPS * (DATA + 1)).match(/.{1,5}/g)?.join("-") ?? "";
}

/** Numbers (from 1) of the complete groups that cannot be right. */
export function wrongGroups(typed: string): number[] {
  return tidyRecoveryCode(typed)
    .split("-")
    .flatMap((text, n) => (text.length === DATA + 1 && !groupHolds(text, n) ? [n + 1] : []));
}

export function isRecoveryCode(typed: string): boolean {
  const tidy = tidyRecoveryCode(typed);
  return tidy.length === GROUPS * (DATA + 2) - 1 && wrongGroups(tidy).length === 0;
}

/** The 28 values that carry the secret, one per byte, without check characters. */
export function recoverySecret(typed: string): Bytes {
  if (!isRecoveryCode(typed)) throw new SealingError("bad_code", "a group of the recovery code is mistyped");
  const groups = tidyRecoveryCode(typed).split("-");
  return Uint8Array.from(groups.flatMap((text) => valuesOf(text.slice(0, DATA))));
}

function group(values: number[], place: number): string {
  return [...values, check(values, place)].map((value) => ALPHABET[value]).join("");
}

function groupHolds(text: string, place: number): boolean {
  const values = valuesOf(text);
  return !values.includes(-1) && check(values.slice(0, DATA), place) === values[DATA];
}

function valuesOf(text: string): number[] {
  return Array.from(text, (character) => ALPHABET.indexOf(character));
}

/** A polynomial over GF(32): finds every single wrong character, every swap, and groups in the wrong place. */
function check(values: number[], place: number): number {
  return values.reduce((sum, value) => timesTwo(sum ^ value), place + 1);
}

function timesTwo(value: number): number {
  return ((value << 1) ^ (value & 16 ? 0b100101 : 0)) & 31;
}
