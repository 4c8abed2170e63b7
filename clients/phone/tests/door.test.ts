import assert from "node:assert/strict";
import { test } from "node:test";
import { delayAfter, Door, type DoorStorage, weakPin, WrongPin } from "../src/store/door.ts";

const NOON = Date.UTC(2026, 10, 21, 12);

function memory(): DoorStorage & { kept: Map<string, unknown> } {
  const kept = new Map<string, unknown>();
  return {
    kept,
    get: async (key) => kept.get(key),
    put: async (key, value) => void kept.set(key, value),
    delete: async (key) => void kept.delete(key),
  };
}

async function lockedDoor(pin: string) {
  const storage = memory();
  const door = new Door(storage);
  const { key, wrap } = await door.create(pin);
  await storage.put("pin", wrap);
  return { storage, door, key };
}

const sealWith = (key: CryptoKey): Promise<ArrayBuffer> =>
  crypto.subtle.encrypt({ name: "AES-GCM", iv: new Uint8Array(12) }, key, new TextEncoder().encode("Ashworth"));

test("the right PIN gives the very key that was made", async () => {
  const { door, key } = await lockedDoor("274916");
  const again = await door.unlock("274916", NOON);
  assert.deepEqual(await sealWith(again), await sealWith(key));
  assert.equal(again.extractable, false);
});

test("a wrong PIN opens nothing and is counted", async () => {
  const { door } = await lockedDoor("274916");
  await assert.rejects(door.unlock("274917", NOON), WrongPin);
});

test("after five wrong PINs even the right one has to wait", async () => {
  const { door } = await lockedDoor("274916");
  for (let tries = 0; tries < 5; tries += 1) await assert.rejects(door.unlock("111112", NOON), WrongPin);
  await assert.rejects(door.unlock("274916", NOON + 14_000), WrongPin);
  await door.unlock("274916", NOON + 16_000);
  assert.equal(await door.retryAt(), 0);
});

test("the wait grows and stays bounded", () => {
  const waits = Array.from({ length: 20 }, (_, wrong) => delayAfter(wrong));
  assert.deepEqual(waits, [...waits].sort((a, b) => a - b));
  assert.equal(waits[4], 0);
  assert.equal(waits.at(-1), 3600);
});

test("a changed PIN opens and the old one does not", async () => {
  const { door, key } = await lockedDoor("274916");
  await door.changePin("274916", "830561", NOON);
  assert.deepEqual(await sealWith(await door.unlock("830561", NOON)), await sealWith(key));
  await assert.rejects(door.unlock("274916", NOON), WrongPin);
});

test("the PIN's wrap is useless without this device's own key", async () => {
  const { storage, door } = await lockedDoor("274916");
  await door.retryAt();
  storage.kept.delete("device-key");
  await assert.rejects(door.unlock("274916", NOON), WrongPin);
});

test("no stored value of the door is an extractable key", async () => {
  const { storage } = await lockedDoor("274916");
  const keys = [...storage.kept.values()].filter((value) => value instanceof CryptoKey);
  assert.ok(keys.length > 0);
  assert.ok(keys.every((key) => !key.extractable));
});

test("a passkey's secret opens the same store", async () => {
  const { door, key } = await lockedDoor("274916");
  const secret = crypto.getRandomValues(new Uint8Array(32));
  await door.addPasskey("274916", NOON, new Uint8Array([1]), new Uint8Array(32), secret);
  assert.deepEqual(await sealWith(await door.unlockWithPasskey(secret)), await sealWith(key));
  await assert.rejects(door.unlockWithPasskey(crypto.getRandomValues(new Uint8Array(32))));
});

test("PINs that are guessed first are refused", () => {
  assert.equal(weakPin("123456"), "simple");
  assert.equal(weakPin("000000"), "simple");
  assert.equal(weakPin("98765"), "short");
  assert.equal(weakPin("27491a"), "digits");
  assert.equal(weakPin("274916"), null);
});
