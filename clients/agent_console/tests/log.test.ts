import assert from "node:assert/strict";
import { test } from "node:test";
import { Log, PATIENCE_MS } from "../src/protocol/log.ts";
import type { LogFrame } from "../src/protocol/wire.ts";

const msg = (seq: number): LogFrame => ({ t: "msg", s: "s", seq, cid: `c${seq}`, from: "visitor", kind: "text", body: { text: String(seq) }, audience: "all", at: "" });
const gap = (seq: number): LogFrame => ({ t: "gap", s: "s", seq });
const erased = (seq: number): LogFrame => ({ t: "erased", s: "s", seq });
const seqs = (log: Log): number[] => log.entries.map((entry) => entry.seq);

test("what comes early waits until the hole before it is filled", () => {
  const log = new Log();
  assert.equal(log.take(msg(1), 0), "applied");
  assert.equal(log.take(msg(3), 0), "held");
  assert.equal(log.take(msg(4), 0), "held");
  assert.deepEqual(seqs(log), [1]);
  assert.equal(log.take(msg(2), 0), "applied");
  assert.deepEqual(seqs(log), [1, 2, 3, 4]);
  assert.equal(log.last, 4);
});

test("a doubled frame is known, whether it was applied or held", () => {
  const log = new Log();
  log.take(msg(1), 0);
  log.take(msg(3), 0);
  assert.equal(log.take(msg(1), 0), "known");
  assert.equal(log.take(msg(3), 0), "known");
  log.take(msg(2), 0);
  assert.deepEqual(seqs(log), [1, 2, 3]);
});

test("an entry for others leaves a number and nothing to show", () => {
  const log = new Log();
  log.take(msg(1), 0);
  log.take(gap(2), 0);
  log.take(msg(3), 0);
  assert.deepEqual(seqs(log), [1, 3]);
  assert.equal(log.hasHole, false);
});

test("a hole is asked for after a second, and again a second later", () => {
  const log = new Log();
  log.take(msg(2), 0);
  assert.equal(log.isMissing(PATIENCE_MS - 1), false);
  assert.equal(log.isMissing(PATIENCE_MS), true);
  log.asked(PATIENCE_MS);
  assert.equal(log.isMissing(PATIENCE_MS + 1), false);
  assert.equal(log.isMissing(2 * PATIENCE_MS), true);
  log.take(msg(1), 2 * PATIENCE_MS);
  assert.equal(log.isMissing(9 * PATIENCE_MS), false);
});

test("a hole at the end is seen by what the heartbeat says", () => {
  const log = new Log();
  log.take(msg(1), 0);
  log.hear(3, 100);
  assert.equal(log.isMissing(100 + PATIENCE_MS), true);
  log.take(msg(2), 1200);
  log.take(msg(3), 1200);
  assert.equal(log.isMissing(9000), false);
});

test("erasing wipes the words and keeps the number", () => {
  const log = new Log();
  for (const seq of [1, 2, 3]) log.take(msg(seq), 0);
  log.take(erased(2), 0);
  log.take(gap(4), 0);
  assert.deepEqual(seqs(log), [1, 2, 3]);
  assert.equal(log.entries[1]?.kind, "erased");
  assert.deepEqual(log.entries[1]?.body, {});
  assert.equal(log.last, 4);
});

test("a tombstone in the backlog counts as its entry", () => {
  const log = new Log();
  log.take(msg(1), 0);
  log.take(erased(2), 0);
  log.take(msg(3), 0);
  assert.deepEqual(seqs(log), [1, 2, 3]);
  assert.equal(log.last, 3);
});

test("a log that begins at a snapshot takes nothing from before it", () => {
  const log = new Log(40);
  assert.equal(log.take(msg(40), 0), "known");
  assert.equal(log.take(msg(41), 0), "applied");
  assert.deepEqual(log.drain().map((entry) => entry.seq), [41]);
  assert.deepEqual(log.entries, []);
});

test("any order, with any doubling, gives the same log", () => {
  let seed = 7;
  const random = (): number => (seed = (seed * 48271) % 2147483647) / 2147483647;
  for (let round = 0; round < 200; round += 1) {
    const frames = Array.from({ length: 30 }, (_, at) => (at % 7 === 3 ? gap(at + 1) : msg(at + 1)));
    const network = [...frames, ...frames].map((frame) => [random(), frame] as const).sort((a, b) => a[0] - b[0]);
    const log = new Log();
    for (const [at, frame] of network) log.take(frame, at);
    assert.deepEqual(seqs(log), frames.filter((frame) => frame.t === "msg").map((frame) => frame.seq));
    assert.equal(log.last, 30);
  }
});
