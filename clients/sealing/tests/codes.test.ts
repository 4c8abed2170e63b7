import assert from "node:assert/strict";
import { test } from "node:test";

import { fingerprint, isRecoveryCode, newDeviceKey, newRecoveryCode, tidyRecoveryCode, wrongGroups } from "../src/index.ts";
import { randomInt } from "./helpers.ts";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

test("a new recovery code has seven groups of five and is right", () => {
  for (let round = 0; round < 200; round += 1) {
    const code = newRecoveryCode();
    assert.match(code, /^([0-9A-HJKMNP-TV-Z]{5}-){6}[0-9A-HJKMNP-TV-Z]{5}$/);
    assert.equal(isRecoveryCode(code), true);
  }
});

test("each wrong character and each swap within a group is named by its group", () => {
  for (let round = 0; round < 300; round += 1) {
    const code = newRecoveryCode().replaceAll("-", "");
    const at = randomInt(35);
    const wrong = ALPHABET[(ALPHABET.indexOf(code[at]!) + 1 + randomInt(31)) % 32];
    assert.deepEqual(wrongGroups(code.slice(0, at) + wrong + code.slice(at + 1)), [Math.floor(at / 5) + 1]);
    const first = at % 5 === 4 ? at - 1 : at;
    if (code[first] === code[first + 1]) continue;
    const swapped = code.slice(0, first) + code[first + 1] + code[first] + code.slice(first + 2);
    assert.deepEqual(wrongGroups(swapped), [Math.floor(first / 5) + 1]);
  }
});

test("two groups typed in each other's place are found", () => {
  for (let round = 0; round < 100; round += 1) {
    const groups = newRecoveryCode().split("-");
    const [a, b] = [randomInt(3), 3 + randomInt(4)];
    [groups[a], groups[b]] = [groups[b]!, groups[a]!];
    assert.deepEqual(wrongGroups(groups.join("-")), [a + 1, b + 1]);
  }
});

test("typing is tidied as it goes and half a code is not yet wrong", () => {
  assert.equal(tidyRecoveryCode("7kq2m oil"), "7KQ2M-011");
  assert.deepEqual(wrongGroups(newRecoveryCode().slice(0, 8)), []);
  assert.equal(isRecoveryCode(newRecoveryCode().slice(0, -1)), false);
});

test("a fingerprint is six groups of five digits, and each key has its own", async () => {
  const keys = await Promise.all(Array.from({ length: 20 }, () => newDeviceKey()));
  const prints = await Promise.all(keys.map((key) => fingerprint(key.jwk)));
  for (const print of prints) assert.match(print, /^(\d{5} ){5}\d{5}$/);
  assert.equal(new Set(prints).size, 20);
  assert.equal(await fingerprint(keys[0]!.jwk), prints[0]);
});
