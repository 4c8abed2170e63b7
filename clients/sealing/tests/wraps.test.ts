import assert from "node:assert/strict";
import { test } from "node:test";

import {
  Keyring,
  PRINTED,
  checked,
  isAttested,
  lockWithPasskey,
  lockWithRecovery,
  newDeviceKey,
  newRecoveryCode,
  openJobFile,
  passkeyHolder,
  prfInput,
  proveSuccession,
  sealJobFile,
  succeeds,
  unlockWithPasskey,
  unlockWithRecovery,
  unwrapForDevice,
  unwrapForHolder,
  wrapForDevice,
  wrapForHolder,
  wrapForNext,
} from "../src/index.ts";
import { ACCOUNT, DEVICE, OTHER, accountKey, fails, randomBytes, randomInt } from "./helpers.ts";

test("a device opens its wrap, and only under its own name, account and generation", async () => {
  const { secret } = await accountKey(2);
  const device = await newDeviceKey();
  const wrap = await wrapForDevice(secret, ACCOUNT, DEVICE, device.jwk);
  assert.deepEqual(await unwrapForDevice(wrap, ACCOUNT, 2, DEVICE, device), secret);
  await assert.rejects(unwrapForDevice(wrap, OTHER, 2, DEVICE, device), fails("wrong_key"));
  await assert.rejects(unwrapForDevice(wrap, ACCOUNT, 3, DEVICE, device), fails("wrong_key"));
  await assert.rejects(unwrapForDevice(wrap, ACCOUNT, 2, OTHER, device), fails("wrong_key"));
  await assert.rejects(unwrapForDevice(wrap, ACCOUNT, 2, DEVICE, await newDeviceKey()), fails("wrong_key"));
});

test("a passkey opens its wrap by its PRF output alone", async () => {
  const { secret } = await accountKey();
  const prf = randomBytes(32);
  const { publicKey, locked } = await lockWithPasskey(ACCOUNT, "credential", prf);
  const wrap = await wrapForHolder(secret, ACCOUNT, passkeyHolder("credential"), publicKey);
  const key = await unlockWithPasskey(locked, ACCOUNT, "credential", prf);
  assert.deepEqual(await unwrapForHolder(wrap, ACCOUNT, 1, passkeyHolder("credential"), key), secret);
  await assert.rejects(unlockWithPasskey(locked, ACCOUNT, "credential", randomBytes(32)), fails("wrong_key"));
  await assert.rejects(unlockWithPasskey(locked, ACCOUNT, "another", prf), fails("wrong_key"));
  await assert.rejects(unlockWithPasskey(locked, OTHER, "credential", prf), fails("wrong_key"));
  assert.notDeepEqual(await prfInput(ACCOUNT), await prfInput(OTHER));
});

test("a printed code opens its wrap however it is typed", async () => {
  const { secret } = await accountKey();
  const code = newRecoveryCode();
  const { publicKey, locked } = await lockWithRecovery(ACCOUNT, code);
  const wrap = await wrapForHolder(secret, ACCOUNT, PRINTED, publicKey);
  for (const typed of [code, code.toLowerCase(), code.replaceAll("-", " "), code.replaceAll("0", "o")]) {
    const key = await unlockWithRecovery(locked, ACCOUNT, typed);
    assert.deepEqual(await unwrapForHolder(wrap, ACCOUNT, 1, PRINTED, key), secret);
  }
  await assert.rejects(unlockWithRecovery(locked, ACCOUNT, newRecoveryCode()), fails("wrong_key"));
  await assert.rejects(unlockWithRecovery(locked, ACCOUNT, code.slice(0, -1)), fails("bad_code"));
});

test("the printed code opens a key that was renewed without it", async () => {
  const [old, next] = [await accountKey(1), await accountKey(2)];
  const code = newRecoveryCode();
  const { publicKey, locked } = await lockWithRecovery(ACCOUNT, code);
  const before = await wrapForHolder(old.secret, ACCOUNT, PRINTED, publicKey);
  assert.equal(await isAttested(before, old.secret, ACCOUNT, PRINTED, publicKey), true);
  const after = await wrapForHolder(next.secret, ACCOUNT, PRINTED, publicKey);
  const key = await unlockWithRecovery(locked, ACCOUNT, code);
  assert.deepEqual(await unwrapForHolder(after, ACCOUNT, 2, PRINTED, key), next.secret);
});

test("a holder slipped in by whoever lacks the key is not attested", async () => {
  const [real, forged] = [await accountKey(1), await accountKey(1)];
  const [device, slipped] = [await newDeviceKey(), await newDeviceKey()];
  const holder = { kind: "device", id: DEVICE } as const;
  const wrap = await wrapForDevice(real.secret, ACCOUNT, DEVICE, device.jwk);
  assert.equal(await isAttested(wrap, real.secret, ACCOUNT, holder, device.jwk), true);
  assert.equal(await isAttested(wrap, real.secret, ACCOUNT, holder, slipped.jwk), false);
  assert.equal(await isAttested(wrap, real.secret, ACCOUNT, { kind: "device", id: OTHER }, device.jwk), false);
  const byServer = await wrapForDevice(forged.secret, ACCOUNT, DEVICE, slipped.jwk);
  assert.equal(await isAttested(byServer, real.secret, ACCOUNT, holder, slipped.jwk), false);
});

test("rubbish is refused as a wrap", async () => {
  const device = await newDeviceKey();
  const { locked } = await lockWithPasskey(ACCOUNT, "credential", randomBytes(32));
  for (const rubbish of [locked, "", "§", "AQ", "AgAAAA"]) {
    await assert.rejects(unwrapForDevice(rubbish, ACCOUNT, 1, DEVICE, device), fails("damaged"));
  }
});

test("after ten renewals the newest key still opens the first job file", async () => {
  const keys = [];
  for (let generation = 1; generation <= 10; generation += 1) keys.push(await accountKey(generation));
  const previous = [];
  for (const [n, key] of keys.slice(0, -1).entries()) {
    const wrap = await wrapForNext(key.secret, ACCOUNT, keys[n + 1]!.publicKey);
    previous.push({ generation: n + 1, public_key: key.publicKey, wrap });
  }
  const ring = new Keyring(ACCOUNT, keys.at(-1)!.secret, previous);
  for (const generation of [1, 10, 1 + randomInt(10)]) {
    const json = { number: `JB-${generation}` };
    const file = await sealJobFile(keys[generation - 1]!.publicKey, ACCOUNT, generation, { json, files: [] });
    assert.deepEqual((await openJobFile(file, ring.key)).json, json);
  }
  await assert.rejects(ring.key(11), fails("no_key"));
});

test("a remembered key is found again after renewal, and a slipped-in successor is noticed", async () => {
  const [first, second, slipped] = [await accountKey(1), await accountKey(2), await accountKey(2)];
  const next = await wrapForNext(first.secret, ACCOUNT, second.publicKey);
  const previous = [{ generation: 1, public_key: first.publicKey, wrap: next }];
  assert.equal(await new Keyring(ACCOUNT, second.secret, previous).continues(1, first.publicKey), true);
  assert.equal(await new Keyring(ACCOUNT, slipped.secret, previous).continues(1, first.publicKey), false);
  assert.equal(await new Keyring(ACCOUNT, slipped.secret, []).continues(1, first.publicKey), false);
  const forged = await accountKey(1);
  const invented = await wrapForNext(forged.secret, ACCOUNT, slipped.publicKey);
  const chain = [{ generation: 1, public_key: forged.publicKey, wrap: invented }];
  assert.equal(await new Keyring(ACCOUNT, slipped.secret, chain).continues(1, first.publicKey), false);
});

test("a keyring refuses a wrap that holds another key than it says", async () => {
  const [first, second, forged] = [await accountKey(1), await accountKey(2), await accountKey(1)];
  const wrap = await wrapForNext(forged.secret, ACCOUNT, second.publicKey);
  const ring = new Keyring(ACCOUNT, second.secret, [{ generation: 1, public_key: first.publicKey, wrap }]);
  await assert.rejects(ring.key(1), fails("wrong_key"));
  await assert.rejects(checked(first.secret, second.publicKey), fails("wrong_key"));
});

test("only a holder of the old key can name its successor", async () => {
  const [old, next, slipped] = [await accountKey(1), await accountKey(2), await accountKey(2)];
  const proof = await proveSuccession(old.secret, ACCOUNT, next.publicKey);
  assert.equal(await succeeds(old.secret, ACCOUNT, next.publicKey, proof), true);
  assert.equal(await succeeds(old.secret, ACCOUNT, slipped.publicKey, proof), false);
  const byServer = await proveSuccession(slipped.secret, ACCOUNT, slipped.publicKey);
  assert.equal(await succeeds(old.secret, ACCOUNT, slipped.publicKey, byServer), false);
  assert.equal(await succeeds(old.secret, ACCOUNT, next.publicKey, "§"), false);
});
