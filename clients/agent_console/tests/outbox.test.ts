import assert from "node:assert/strict";
import { test } from "node:test";
import { newCid } from "../src/protocol/cid.ts";
import { Outbox, type Item, type Ways } from "../src/protocol/outbox.ts";
import { MemoryShelf } from "../src/protocol/shelf.ts";
import { settled, TestTimers } from "./clock.ts";

function made(shelf = new MemoryShelf(), owner = "anna", ways: Partial<Ways> = {}) {
  const sent: Item[] = [];
  const timers = new TestTimers();
  const outbox = new Outbox(owner, shelf, timers, {
    transmit: (item) => sent.push(item) > 0, upload: async () => ({}), changed: () => undefined, ...ways,
  });
  const say = (cid: string, s = "one"): Promise<void> => outbox.add({ cid, s, kind: "text", body: { text: cid }, audience: "all" });
  const cids = (): string[] => sent.map((item) => item.cid);
  return { outbox, shelf, sent, timers, say, cids };
}

test("what is said is kept before it is sent", async () => {
  const { outbox, shelf, say, cids } = made();
  await say("a");
  assert.deepEqual([...shelf.kept.keys()], ["a"]);
  assert.deepEqual(cids(), []);
  outbox.connect();
  assert.deepEqual(cids(), ["a"]);
  assert.deepEqual([...shelf.kept.keys()], ["a"]);
  outbox.acked("a");
  await settled();
  assert.deepEqual([...shelf.kept.keys()], []);
});

test("one is in flight per conversation, in order; conversations do not wait for each other", async () => {
  const { outbox, say, cids } = made();
  outbox.connect();
  await say("a");
  await say("b");
  await say("c", "two");
  assert.deepEqual(cids(), ["a", "c"]);
  outbox.acked("a");
  assert.deepEqual(cids(), ["a", "c", "b"]);
});

test("without an answer in five seconds the same is sent again under the same name", async () => {
  const { outbox, timers, say, cids } = made();
  outbox.connect();
  await say("a");
  await say("b");
  timers.advance(4999);
  assert.deepEqual(cids(), ["a"]);
  timers.advance(1);
  assert.deepEqual(cids(), ["a", "a"]);
  outbox.acked("a");
  assert.deepEqual(cids(), ["a", "a", "b"]);
});

test("a new connection sends everything again, in the order in which it was said", async () => {
  const { outbox, say, cids } = made();
  outbox.connect();
  await say("a");
  outbox.disconnect();
  await say("b");
  outbox.connect();
  outbox.acked("a");
  outbox.acked("b");
  assert.deepEqual(cids(), ["a", "a", "b"]);
  assert.deepEqual(outbox.items, []);
});

test("what the last page left unsent is sent first by the next one", async () => {
  const shelf = new MemoryShelf();
  const first = made(shelf);
  await first.say("a");
  await first.say("b");
  const second = made(shelf);
  await second.outbox.open();
  second.outbox.connect();
  await second.say("c");
  second.outbox.acked("a");
  second.outbox.acked("b");
  assert.deepEqual(second.cids(), ["a", "b", "c"]);
});

test("nobody sends what another agent wrote at the same computer", async () => {
  const shelf = new MemoryShelf();
  await made(shelf, "anna").say("a");
  const sam = made(shelf, "sam");
  await sam.outbox.open();
  sam.outbox.connect();
  assert.deepEqual(sam.cids(), []);
  assert.deepEqual([...shelf.kept.keys()], ["a"]);
});

test("a refusal stays with its reason, and what comes after it goes on", async () => {
  const { outbox, say, cids } = made();
  outbox.connect();
  await say("a");
  await say("b");
  outbox.nacked("a", { code: "words_refused", detail: "Put it another way." });
  assert.deepEqual(cids(), ["a", "b"]);
  assert.equal(outbox.items[0]?.refused?.detail, "Put it another way.");
  outbox.acked("b");
  outbox.retry("a");
  assert.deepEqual(cids(), ["a", "b", "a"]);
});

test("only what was refused can be taken back", async () => {
  const { outbox, say } = made();
  outbox.connect();
  await say("a");
  assert.equal(outbox.discard("a"), null);
  outbox.nacked("a", { code: "too_long", detail: "" });
  assert.equal(outbox.discard("a")?.body.text, "a");
  assert.deepEqual(outbox.items, []);
});

test("too many at once waits for as long as the server says", async () => {
  const { outbox, timers, say, cids } = made();
  outbox.connect();
  await say("a");
  outbox.nacked("a", { code: "too_many", detail: "", retry_after: 60 });
  timers.advance(59_000);
  assert.deepEqual(cids(), ["a"]);
  timers.advance(1_000);
  assert.deepEqual(cids(), ["a", "a"]);
});

test("a picture is uploaded once, then sent by its name", async () => {
  let uploads = 0;
  const { outbox, sent, shelf } = made(undefined, undefined, { upload: async (item) => ({ ...item.body, file: `f${(uploads += 1)}` }) });
  outbox.connect();
  await outbox.add({ cid: "p", s: "one", kind: "picture", body: { alt: "A door" }, audience: "all", file: new Blob(["x"]) });
  await settled();
  assert.deepEqual(sent.map((item) => item.body), [{ alt: "A door", file: "f1" }]);
  outbox.disconnect();
  outbox.connect();
  await settled();
  assert.equal(uploads, 1);
  assert.equal(sent.length, 2);
  assert.equal(shelf.kept.get("p")?.file, undefined);
});

test("a picture that cannot be uploaded now is tried again; one that is refused says why", async () => {
  const failures: unknown[] = [new Error("no network"), Object.assign(new Error("That is no picture."), { code: "upload_refused" })];
  const { outbox, timers, sent } = made(undefined, undefined, { upload: () => Promise.reject(failures.shift()) });
  outbox.connect();
  await outbox.add({ cid: "p", s: "one", kind: "picture", body: {}, audience: "all", file: new Blob(["x"]) });
  await settled();
  assert.deepEqual(outbox.items.map((item) => item.refused), [undefined]);
  timers.advance(30_000);
  await settled();
  assert.deepEqual(outbox.items.map((item) => item.refused?.detail), ["That is no picture."]);
  assert.deepEqual(sent, []);
});

test("a shelf that fails holds nothing up", async () => {
  const broken = { all: async () => [], put: () => Promise.reject(new Error("full")), remove: () => Promise.reject(new Error("full")), kept: new Map() };
  const { outbox, say, cids } = made(broken as unknown as MemoryShelf);
  outbox.connect();
  await say("a");
  outbox.acked("a");
  await settled();
  assert.deepEqual(cids(), ["a"]);
  assert.deepEqual(outbox.items, []);
});

test("names of messages are versions 7 and sort by when they were made", () => {
  const made = [5000, 5000, 5000, 4000, 6000].map((now) => newCid(now));
  assert.deepEqual([...made].sort(), made);
  assert.match(made[0] as string, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
