import assert from "node:assert/strict";
import { test } from "node:test";

import { openJobFile, readJobFileHeader, sealJobFile } from "../src/index.ts";
import { ACCOUNT, accountKey, fails, flipped, randomBytes, randomInt } from "./helpers.ts";

const SEGMENT = 65_536;

function randomContent() {
  const sizes = Array.from({ length: randomInt(4) }, () => randomInt(3 * SEGMENT));
  const files = sizes.map((size, n) => ({ name: `photo ${n} é.jpg`, type: "image/jpeg", data: randomBytes(size) }));
  return { json: { number: "JB-K7-00012", customer: { name: "Zoë ☂ Łukasz" }, n: randomInt(1e9) }, files };
}

test("what was sealed opens again, whatever its sizes", async () => {
  const { publicKey, getKey } = await accountKey(3);
  for (let round = 0; round < 25; round += 1) {
    const content = randomContent();
    const opened = await openJobFile(await sealJobFile(publicKey, ACCOUNT, 3, content), getKey);
    assert.deepEqual(opened, { ...content, accountId: ACCOUNT, generation: 3 });
  }
});

test("content that ends on a segment's edge opens again", async () => {
  const { publicKey, getKey } = await accountKey();
  const manifest = JSON.stringify({ format: 1, json: 1, files: [{ name: "a", type: "b", bytes: 65_000 }] });
  for (const size of [0, 1, SEGMENT - 4 - manifest.length, 2 * SEGMENT - 4 - manifest.length - 1]) {
    const files = [{ name: "a", type: "b", data: randomBytes(size) }];
    const opened = await openJobFile(await sealJobFile(publicKey, ACCOUNT, 1, { json: 1, files }), getKey);
    assert.deepEqual(opened.files, files);
  }
});

test("a file changed in any place does not open", async () => {
  const { publicKey, getKey } = await accountKey();
  const files = [{ name: "a", type: "b", data: randomBytes(SEGMENT + 500) }];
  const file = await sealJobFile(publicKey, ACCOUNT, 1, { json: {}, files });
  const places = [...Array(120).keys(), ...Array.from({ length: 60 }, () => randomInt(file.length))];
  for (const at of places) await assert.rejects(openJobFile(flipped(file, at), getKey), `byte ${at}`);
});

test("a file cut anywhere does not open, and says that it was cut", async () => {
  const { publicKey, getKey } = await accountKey();
  const files = [{ name: "a", type: "b", data: randomBytes(2 * SEGMENT) }];
  const file = await sealJobFile(publicKey, ACCOUNT, 1, { json: {}, files });
  const edges = [94, 94 + 5 + SEGMENT + 16, 94 + 2 * (5 + SEGMENT + 16), file.length - 1];
  for (const at of [...edges, ...Array.from({ length: 20 }, () => 94 + randomInt(file.length - 94))]) {
    await assert.rejects(openJobFile(file.slice(0, at), getKey), fails("cut_short"), `cut at ${at}`);
  }
});

test("segments left out, swapped or repeated do not open", async () => {
  const { publicKey, getKey } = await accountKey();
  const files = [{ name: "a", type: "b", data: randomBytes(3 * SEGMENT) }];
  const file = await sealJobFile(publicKey, ACCOUNT, 1, { json: {}, files });
  const whole = 5 + SEGMENT + 16;
  const [head, a, b] = [file.slice(0, 94), file.slice(94, 94 + whole), file.slice(94 + whole, 94 + 2 * whole)];
  const rest = file.slice(94 + 2 * whole);
  for (const parts of [[head, b, a, rest], [head, a, rest], [head, a, a, b, rest], [head, a, b, rest, rest]]) {
    await assert.rejects(openJobFile(new Uint8Array(Buffer.concat(parts)), getKey), fails("damaged"));
  }
});

test("another key, something else and a newer version are told apart", async () => {
  const { publicKey } = await accountKey();
  const stranger = await accountKey();
  const file = await sealJobFile(publicKey, ACCOUNT, 1, { json: {}, files: [] });
  await assert.rejects(openJobFile(file, stranger.getKey), fails("damaged"));
  await assert.rejects(openJobFile(randomBytes(500), stranger.getKey), fails("not_a_job_file"));
  const newer = file.slice();
  newer[8] = 2;
  await assert.rejects(openJobFile(newer, stranger.getKey), fails("newer_version"));
});

test("the header names account and generation without a key", async () => {
  const { publicKey } = await accountKey(70_000);
  const header = readJobFileHeader(await sealJobFile(publicKey, ACCOUNT, 70_000, { json: {}, files: [] }));
  assert.equal(header.accountId, ACCOUNT);
  assert.equal(header.generation, 70_000);
});
