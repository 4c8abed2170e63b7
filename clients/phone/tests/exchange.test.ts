import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { ApiError, NoAnswer } from "../src/api/client.ts";
import { applyDelta, rootOf, unneeded } from "../src/catalogue/root.ts";
import { NotOpened, packBackup, unpackBackup, wins } from "../src/media/backup.ts";
import { afterAnswer, afterFailure, isDue } from "../src/queue/outcome.ts";
import { waitSeconds } from "../src/queue/backoff.ts";
import { job } from "./a_job.ts";

const NOW = new Date(Date.UTC(2026, 10, 21, 12));
const later = (seconds: number): number => NOW.getTime() + seconds * 1000;
const queued = () => ({ ...job(), queued_at: "2026-11-21T11:00:00Z" });
const mail = (role: "customer" | "shop", state: "accepted" | "retry" | "uncertain" | "bounced") => ({ role, state, reason: "", at: "" });

test("silence means try again by itself, later and later", () => {
  const first = { ...queued(), ...afterFailure(queued(), new NoAnswer(), NOW) };
  assert.equal(first.trouble, null);
  assert.equal(first.waiting?.code, "no_answer");
  assert.equal(isDue(first, NOW.getTime()), false);
  assert.equal(isDue(first, later(16)), true);
  const waits = [1, 2, 3, 4, 10, 50].map((attempts) => waitSeconds(attempts));
  assert.deepEqual(waits, [15, 30, 60, 120, 900, 900]);
});

test("a relay that is down and a subscription that is off keep the job in the queue", () => {
  for (const error of [new ApiError(503, "relay_down", "", 90), new ApiError(403, "subscription_off", ""), new ApiError(429, "too_many", "", 30)]) {
    const next = { ...queued(), ...afterFailure(queued(), error, NOW) };
    assert.equal(next.trouble, null, error.code);
    assert.equal(isDue(next, later(120)), true, error.code);
  }
});

test("the server's own wish for a pause is never undercut", () => {
  const next = { ...queued(), ...afterFailure(queued(), new ApiError(503, "relay_down", "", 90), NOW) };
  assert.equal(isDue(next, later(60)), false);
});

test("a refusal that does not pass waits for a person", () => {
  const next = { ...queued(), ...afterFailure(queued(), new ApiError(409, "prices_differ", "changed"), NOW) };
  assert.equal(next.trouble?.code, "prices_differ");
  assert.equal(isDue(next, later(1_000_000)), false);
});

test("an uncertain mail is never sent again by itself", () => {
  const next = { ...queued(), ...afterAnswer(queued(), [mail("shop", "accepted"), mail("customer", "uncertain")], NOW) };
  assert.equal(isDue(next, later(1_000_000)), false);
  const mixed = { ...queued(), ...afterAnswer(queued(), [mail("shop", "retry"), mail("customer", "uncertain")], NOW) };
  assert.equal(isDue(mixed, later(1_000_000)), true);
});

test("an accepted job is done", () => {
  const next = { ...queued(), ...afterAnswer(queued(), [mail("shop", "accepted"), mail("customer", "accepted")], NOW) };
  assert.equal(next.sent_at, NOW.toISOString());
  assert.equal(isDue(next, later(1_000_000)), false);
});

test("the root is the sum of all entries, whatever their order", async () => {
  const entries = { "table/t/0": "aa", settings: "bb" };
  const one = (path: string, hash: string): bigint => BigInt(`0x${createHash("sha256").update(`${path}\n${hash}`).digest("hex")}`);
  const sum = (one("settings", "bb") + one("table/t/0", "aa")) % (1n << 256n);
  assert.equal(await rootOf(entries), sum.toString(16).padStart(64, "0"));
  assert.equal(await rootOf({ settings: "bb", "table/t/0": "aa" }), await rootOf(entries));
  assert.equal(await rootOf({}), "0".repeat(64));
});

test("a delta changes, adds and removes, and leaves what was held untouched", () => {
  const held = { a: "1", b: "2" };
  assert.deepEqual(applyDelta(held, [["b", "3", 9], ["c", "4", 9]], ["a"]), { b: "3", c: "4" });
  assert.deepEqual(held, { a: "1", b: "2" });
});

test("chunks that an open quote's version needs are kept", () => {
  assert.deepEqual(unneeded(["1", "2", "3"], [{ a: "1" }, { a: "2" }]), ["3"]);
});

test("a backup opens with its words only, and holds nothing readable", async () => {
  const kept = job();
  kept.doc.customer.name = "Margaret Ashworth";
  const backup = { made_at: "", account: "a", counter: 3, jobs: [kept], photos: { p: new Uint8Array([1, 2, 255]) } };
  const file = await packBackup(backup, "three unrelated words");
  assert.ok(!Buffer.from(file).includes("Ashworth"));
  assert.deepEqual(await unpackBackup(file, "three unrelated words"), backup);
  await assert.rejects(unpackBackup(file, "three unrelated word"), NotOpened);
  file[file.length - 1]! ^= 1;
  await assert.rejects(unpackBackup(file, "three unrelated words"), NotOpened);
});

test("restoring leaves newer work alone", () => {
  const old = { ...job(), seq: 3 };
  assert.equal(wins(old, null), true);
  assert.equal(wins(old, { ...old, seq: 4 }), false);
  assert.equal(wins({ ...old, doc: { ...old.doc, revision: 2 } }, { ...old, seq: 9 }), true);
});
