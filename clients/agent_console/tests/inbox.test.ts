import assert from "node:assert/strict";
import { test } from "node:test";
import type { Canned, Conv } from "../src/api/types.ts";
import { fieldsOf, fill, findCanned, openField, slashOf } from "../src/logic/canned.ts";
import { linesOf } from "../src/logic/lines.ts";
import { matches, sectionOf, split } from "../src/logic/sections.ts";
import { piecesOf } from "../src/logic/text.ts";
import { stopwatch } from "../src/logic/when.ts";
import { offsetsOf, scrollFor, windowOf } from "../src/logic/windowing.ts";
import type { Entry } from "../src/protocol/wire.ts";
import { readFileSync } from "node:fs";

function conv(change: Partial<Conv> = {}): Conv {
  return {
    id: "1", s: "1", state: "active", channel: "chat", consumer: { id: "c", name: "Zoë Marsh", email: null, phone: null, blocked: false },
    listing: { title: "Ford Focus 2019", price: "£9,995" }, page: { title: "Used cars" }, placement: "Site", provider: null, department: null,
    agent: "me", created: "2026-11-21T09:00:00Z", last_at: "2026-11-21T09:00:00Z", waiting_since: null, awaiting_since: null, left_at: null,
    last: null, head: 1, read: {}, unread: 0, tags: ["finance"], hot: false, disposition: null, stars: null, language: "en", ...change,
  };
}

test("each conversation stands in one section, by its state and whose it is", () => {
  assert.equal(sectionOf(conv(), "me"), "mine");
  assert.equal(sectionOf(conv({ agent: "sam" }), "me"), "colleagues");
  assert.equal(sectionOf(conv({ state: "waiting", agent: null }), "me"), "ringing");
  assert.equal(sectionOf(conv({ state: "hand_over" }), "me"), "mail");
  assert.equal(sectionOf(conv({ state: "closed" }), "me"), "closed");
});

test("who waits longest stands first; elsewhere the newest words do", () => {
  const waits = (id: string, since: string): Conv => conv({ id, state: "waiting", waiting_since: since });
  const spoke = (id: string, at: string): Conv => conv({ id, last: { seq: 1, from: "visitor", kind: "text", preview: "", at } });
  const all = split([waits("a", "2026-11-21T09:05:00Z"), waits("b", "2026-11-21T09:01:00Z"), spoke("c", "2026-11-21T08:00:00Z"), spoke("d", "2026-11-21T10:00:00Z")], "me");
  assert.deepEqual(all.ringing.map((one) => one.id), ["b", "a"]);
  assert.deepEqual(all.mine.map((one) => one.id), ["d", "c"]);
});

test("a search finds beginnings of words, whatever their accents", () => {
  for (const words of ["zoe", "focus 20", "FIN", "marsh ford", ""]) assert.ok(matches(conv(), words), words);
  for (const words of ["ocus", "zoe vauxhall"]) assert.ok(!matches(conv(), words), words);
});

test("of ten thousand rows only those near the screen are drawn", () => {
  const offsets = offsetsOf(Array.from({ length: 10_000 }, (_, at) => (at % 100 ? 76 : 40)));
  for (const top of [0, 1000, 300_000, (offsets.at(-1) as number) - 800]) {
    const { first, end } = windowOf(offsets, top, 800);
    assert.ok(end - first < 40, `${end - first} rows`);
    assert.ok((offsets[first] as number) <= top);
    assert.ok((offsets[end] as number) >= Math.min(top + 800, offsets.at(-1) as number));
  }
});

test("an empty list, a short one, and one that shrank while it was scrolled draw what there is", () => {
  assert.deepEqual(windowOf([0], 0, 800), { first: 0, end: 0 });
  assert.deepEqual(windowOf(offsetsOf([76, 76]), 0, 800), { first: 0, end: 2 });
  const { first, end } = windowOf(offsetsOf([76, 76]), 50_000, 800);
  assert.ok(first <= end && end === 2);
});

test("moving to a row scrolls as little as possible", () => {
  const offsets = offsetsOf(Array(100).fill(76));
  assert.equal(scrollFor(offsets, 3, 0, 800), 0);
  assert.equal(scrollFor(offsets, 20, 0, 800), 21 * 76 - 800);
  assert.equal(scrollFor(offsets, 2, 800, 800), 152);
});

test("fields of a prepared answer are filled from the conversation; what is unknown stays open", () => {
  const values = fieldsOf(conv({ page: null }), "Anna", "Fenwick Cars");
  const filled = fill("Hello {visitor_name}, the {listing_title} is {listing_price}. {page_title} {day}? {agent_name}, {business}", values);
  assert.equal(filled.text, "Hello Zoë Marsh, the Ford Focus 2019 is £9,995. {page_title} {day}? Anna, Fenwick Cars");
  assert.deepEqual(filled.open.map(({ from, to }) => filled.text.slice(from, to)), ["{page_title}", "{day}"]);
});

test("what a visitor calls themselves is not read as a field", () => {
  const values = fieldsOf(conv({ consumer: { ...conv().consumer, name: "{agent_name}" } }), "Anna", "Fenwick Cars");
  assert.equal(fill("Hi {visitor_name}", values).text, "Hi {agent_name}");
});

test("a text with an open field is not sent; braces that are no field are", () => {
  assert.deepEqual(openField("See you {day}", ["day"]), { from: 8, to: 13 });
  assert.equal(openField("Use {braces} freely", ["day"]), null);
});

test("a slash at the beginning looks for answers, elsewhere it is a slash", () => {
  assert.equal(slashOf("/"), "");
  assert.equal(slashOf("/hou"), "hou");
  for (const typed of ["", "and/or", "/opening hours", " /x"]) assert.equal(slashOf(typed), null, typed);
  const answer = (shortcut: string, title: string): Canned => ({ id: shortcut, shortcut, title, text: "", fields: [] });
  const all = [answer("hello", "Greeting"), answer("hours", "Opening hours"), answer("bye", "Happy to help, goodbye")];
  assert.deepEqual(findCanned(all, "h").map((one) => one.shortcut), ["hello", "hours", "bye"]);
  assert.deepEqual(findCanned(all, "opening").map((one) => one.shortcut), ["hours"]);
});

test("only addresses that the server named become links", () => {
  const links = [{ url: "https://a.example/x", host: "a.example", external: true }, { url: "https://a.example/x/y", host: "a.example", external: true }, { url: "javascript:alert(1)", host: "", external: true }];
  const pieces = piecesOf("See https://a.example/x/y and https://a.example/x or javascript:alert(1), https://b.example", links);
  assert.deepEqual(pieces.map((piece) => ("words" in piece ? piece.words : [piece.link.url])), [
    "See ", ["https://a.example/x/y"], " and ", ["https://a.example/x"], " or javascript:alert(1), https://b.example",
  ]);
});

test("each message is drawn once, on its way from outbox to log", () => {
  const entry = (seq: number, cid: string, from = "agent:me"): Entry => ({ seq, cid, from, kind: "text", body: {}, audience: "all", at: "2026-11-21T09:00:00Z" });
  const item = (cid: string) => ({ cid, s: "1", owner: "me", order: 1, kind: "text", body: {}, audience: "all", made: 0 });
  const { seq: _seq, at: _at, ...said } = entry(3, "b");
  const acked = new Map([["b", { seq: 3, at: "2026-11-21T09:00:01Z", said }]]);
  const before = linesOf([entry(1, "a", "visitor"), entry(2, "x")], acked, [item("b"), item("c")], "agent:me", null);
  assert.deepEqual(before.map((line) => [line.key, !!line.pending]), [["a", false], ["x", false], ["b", false], ["c", true]]);
  const after = linesOf([entry(1, "a", "visitor"), entry(2, "x"), entry(3, "b"), entry(4, "c")], acked, [item("c")], "agent:me", null);
  assert.deepEqual(after.map((line) => [line.key, !!line.pending]), [["a", false], ["x", false], ["b", false], ["c", false]]);
});

test("no phrase is empty or shouts, and times read as people say them", () => {
  const words = JSON.parse(readFileSync(new URL("../src/i18n/en.json", import.meta.url), "utf8")) as Record<string, string>;
  assert.ok(Object.values(words).every((text) => text.trim() && !text.includes("!")));
  assert.deepEqual([7, 754, 3723].map(stopwatch), ["0:07", "12:34", "1:02:03"]);
});
