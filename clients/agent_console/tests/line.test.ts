import assert from "node:assert/strict";
import { test } from "node:test";
import { waitMs } from "../src/protocol/backoff.ts";
import { Line, type LineState, type Socket } from "../src/protocol/line.ts";
import { readFrame, type ServerFrame } from "../src/protocol/wire.ts";
import { TestTimers } from "./clock.ts";

class TestSocket implements Socket {
  readyState = 1;
  sent: Record<string, unknown>[] = [];
  closed = false;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  send(text: string): void {
    this.sent.push(JSON.parse(text) as Record<string, unknown>);
  }
  close(): void {
    this.closed = true;
  }
  hears(frame: object): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
}

function made() {
  const sockets: TestSocket[] = [];
  const states: LineState[] = [];
  const frames: ServerFrame[] = [];
  const timers = new TestTimers();
  const line = new Line({
    dial: () => sockets[sockets.push(new TestSocket()) - 1] as TestSocket, timers, random: () => 1,
    frame: (frame) => frames.push(frame), changed: (state) => states.push(state),
  });
  const last = (): TestSocket => sockets.at(-1) as TestSocket;
  return { line, sockets, states, frames, timers, last };
}

test("many conversations go over one socket", () => {
  const { line, sockets, last } = made();
  line.follow("a", () => 3);
  line.start();
  last().onopen?.();
  line.follow("b", () => 0);
  assert.equal(sockets.length, 1);
  assert.deepEqual(last().sent, [{ t: "hello" }, { t: "sub", s: "a", after: 3 }, { t: "sub", s: "b", after: 0 }]);
});

test("after a cut it comes back and asks for what came after the last held", () => {
  const { line, last, timers, states } = made();
  let held = 3;
  line.follow("a", () => held);
  line.start();
  last().onopen?.();
  held = 9;
  last().onclose?.({ code: 1006 });
  assert.equal(line.state, "waiting");
  timers.advance(500);
  last().onopen?.();
  assert.deepEqual(last().sent, [{ t: "hello" }, { t: "sub", s: "a", after: 9 }]);
  assert.deepEqual(states, ["connecting", "open", "waiting", "connecting", "open"]);
});

test("it waits longer with each failure, and never more than thirty seconds", () => {
  assert.deepEqual([1, 2, 3, 6, 7, 50].map((failures) => waitMs(failures, 0, () => 1)), [500, 1000, 2000, 16_000, 30_000, 30_000]);
  assert.equal(waitMs(3, 0, () => 0), 0);
  assert.equal(waitMs(1, 20, () => 0.5), 20_000);
});

test("a server that stops says for how long, so that not everybody comes back at once", () => {
  const { line, last, timers, sockets } = made();
  line.start();
  last().onopen?.();
  last().hears({ t: "bye", code: "restart", wait: 3000 });
  last().onclose?.({ code: 1012 });
  timers.advance(2999);
  assert.equal(sockets.length, 1);
  timers.advance(1);
  assert.equal(sockets.length, 2);
});

test("a session that is over is not tried again", () => {
  const { line, last, timers, sockets } = made();
  line.start();
  last().onopen?.();
  last().onclose?.({ code: 4001 });
  timers.advance(100_000);
  assert.equal(line.state, "refused");
  assert.equal(sockets.length, 1);
});

test("a silent line is asked, then given up without waiting for the browser", () => {
  const { line, last, timers, sockets } = made();
  line.start();
  last().onopen?.();
  timers.advance(25_000);
  assert.deepEqual(last().sent.at(-1), { t: "ping" });
  const dead = last();
  timers.advance(10_000);
  assert.equal(dead.closed, true);
  timers.advance(500);
  assert.equal(sockets.length, 2);
});

test("a line that is heard of stays", () => {
  const { line, last, timers, sockets } = made();
  line.start();
  last().onopen?.();
  for (let round = 0; round < 10; round += 1) {
    timers.advance(20_000);
    last().hears({ t: "head", s: "a", seq: 1 });
  }
  assert.equal(line.state, "open");
  assert.equal(sockets.length, 1);
});

test("what an old socket still says is not heard", () => {
  const { line, last, timers, frames, sockets } = made();
  line.start();
  last().onopen?.();
  last().onclose?.({ code: 1006 });
  timers.advance(500);
  sockets[0]?.hears({ t: "head", s: "a", seq: 1 });
  assert.deepEqual(frames, []);
});

test("nothing is sent on a line that is down", () => {
  const { line, last } = made();
  line.start();
  assert.equal(line.send({ t: "ping" }), false);
  last().onopen?.();
  assert.equal(line.send({ t: "ping" }), true);
});

test("frames that this version does not know are passed over", () => {
  for (const text of ["", "{", "[]", "null", '{"t":"later"}', '{"t":7}']) assert.equal(readFrame(text), null);
  assert.deepEqual(readFrame('{"t":"pong"}'), { t: "pong" });
});
