import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { contrast, ground, inkOn, parse, readable } from "../src/colour.ts";
import { Keeper, type Kept } from "../src/kept.ts";
import { mayInvite, settled, viewed } from "../src/loader/governor.ts";
import { EventReader } from "../src/protocol/events.ts";
import { newId } from "../src/protocol/ids.ts";
import { type Frame, Log } from "../src/protocol/log.ts";
import { pause } from "../src/protocol/pace.ts";
import { Texts } from "../src/texts.ts";
import { HURRIED, tick } from "./server.ts";

test("words read on every colour that a Client may choose", () => {
  for (let red = 0; red < 256; red += 51) {
    for (let green = 0; green < 256; green += 51) {
      for (let blue = 0; blue < 256; blue += 51) {
        const accent = ground([red, green, blue]);
        assert.ok(contrast(accent, inkOn(accent)) >= 4.5, `${red} ${green} ${blue}`);
        for (const surface of ["#ffffff", "#161c22"].map(parse)) {
          assert.ok(contrast(readable([red, green, blue], surface), surface) >= 4.5, `link ${red} ${green} ${blue}`);
        }
      }
    }
  }
});

test("a colour that reads already is left as it is", () => {
  assert.deepEqual(ground(parse("#1a5fb4")), [26, 95, 180]);
});

test("what is no colour is the house's blue", () => {
  for (const odd of ["", "red", "#12", "#12345g", "url(x)", "#1234567"]) assert.deepEqual(parse(odd), [26, 95, 180], odd);
  assert.deepEqual(parse("#15f"), parse("#1155ff"));
});

test("the invitation is shown at most so often in a span, which begins at the first view", () => {
  const three = { delay: 0, limit: 3, span_minutes: 60, text: "" };
  const at = (minutes: number): boolean => (viewed("a", three, 1e12 + minutes * 60_000), mayInvite("a", three));
  assert.deepEqual([at(0), at(10), at(20), at(30), at(59)], [true, true, true, false, false]);
  assert.equal(at(75), true);
});

test("no limit invites each time, until the visitor has said no or come in", () => {
  const free = { delay: 0, limit: 0, span_minutes: 60, text: "" };
  for (let time = 0; time < 9; time += 1) assert.equal(mayInvite("b", free), true);
  settled("b");
  assert.equal(mayInvite("b", free), false);
});

test("events are cut at blank lines wherever the pieces end", () => {
  const whole = 'id: 1\r\ndata: {"a":"\u00e9"}\r\n\r\n: beat\n\ndata: {\ndata: }\n\n';
  const bytes = new TextEncoder().encode(whole);
  for (let size = 1; size < bytes.length; size += 1) {
    const reader = new EventReader();
    const found: string[] = [];
    for (let at = 0; at < bytes.length; at += size) found.push(...reader.read(bytes.subarray(at, at + size)));
    assert.deepEqual(found, ['{"a":"\u00e9"}', "{\n}"], `pieces of ${size}`);
  }
});

test("only the next number is applied, and a hole is asked about once it lasts", async () => {
  const applied: number[] = [];
  const asked: number[] = [];
  const log = new Log((frame: Frame) => applied.push(frame.seq!), (after) => asked.push(after), HURRIED);
  for (const seq of [1, 3, 3, 4, 1]) log.take({ t: "msg", seq });
  assert.deepEqual(applied, [1]);
  assert.deepEqual(asked, []);
  await tick(HURRIED.hole * 1.5);
  assert.deepEqual(asked, [1]);
  log.take({ t: "gap", seq: 2 });
  assert.deepEqual(applied, [1, 2, 3, 4]);
  await tick(HURRIED.hole * 3);
  assert.deepEqual(asked, [1]);
});

test("names of messages are UUIDs of version 7 that rise with time", async () => {
  const first = newId();
  await tick(3);
  const second = newId();
  assert.match(first, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.ok(second > first);
});

test("pauses are random under a bound that doubles and ends", () => {
  const most = (tries: number): number => Math.max(...Array.from({ length: 500 }, () => pause(tries, HURRIED)));
  assert.ok(most(0) <= HURRIED.first);
  assert.ok(most(1) <= HURRIED.first * 2);
  assert.ok(most(40) <= HURRIED.longest);
  assert.ok(Math.min(...Array.from({ length: 500 }, () => pause(9, HURRIED))) < HURRIED.longest / 4);
});

const folder = new URL("../languages/", import.meta.url);
const languages = readdirSync(folder).filter((name) => name.endsWith(".json"));
const read = (name: string): Record<string, string> => JSON.parse(readFileSync(new URL(name, folder), "utf8"));
const english = read("en.json");

// `chat.say` names a kind of message.
const KINDS = new Set(["text", "picture"]);

/** Every key that the sources ask for, those put together at run time spelled out. */
function used(): Set<string> {
  const sources = readdirSync(new URL("../src/", import.meta.url), { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
  const text = sources.map((name) => readFileSync(new URL(`../src/${name}`, import.meta.url), "utf8")).join("\n");
  const asked = [...text.matchAll(/(?:say|optional|choice)\((?:texts, )?"(\w+)"/g)].map((found) => found[1]!).filter((key) => !KINDS.has(key));
  const states = ["sending", "sent", "read", "refused", "waiting", "by_mail", "closed", "online", "offline"];
  return new Set([...asked, ...states]);
}

test("every key that the app asks for has its words, and no words are left over", () => {
  const known = (key: string): string[] => [key, `${key}_other`, `loader_${key}`].filter((each) => each in english);
  const asked = [...used()];
  assert.deepEqual(asked.filter((key) => known(key).length === 0), []);
  const systems = Object.keys(english).filter((key) => key.startsWith("system_"));
  const reached = new Set([...asked.flatMap(known), ...systems, "direction", "name", "later_stars_one"]);
  assert.deepEqual(Object.keys(english).filter((key) => !reached.has(key)), []);
});

for (const name of languages) {
  test(`${name} has every key with the same names to fill in`, () => {
    const words = read(name);
    const forms = /_(zero|one|two|few|many)$/;
    for (const [key, value] of Object.entries(english)) {
      if (forms.test(key)) continue;
      assert.ok(words[key], `${name} lacks ${key}`);
      const holes = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1]!).sort();
      assert.deepEqual(holes(words[key]), holes(value), `${name}: ${key}`);
    }
    assert.deepEqual(Object.keys(words).filter((key) => !(key in english) && !forms.test(key)), []);
    assert.match(words.direction!, /^(ltr|rtl)$/);
  });
}

test("a pseudo-language of one file changes every word and the direction", () => {
  const pseudo = Object.fromEntries(Object.entries(english).map(([key, value]) => [key, key === "direction" ? "rtl" : `\u2045${value}\u2046`]));
  const texts = new Texts(pseudo, "ar-XB");
  assert.equal(texts.direction, "rtl");
  for (const key of Object.keys(english)) assert.match(texts.say(key), /^\u2045|^rtl/);
  assert.equal(texts.say("with_nothing"), "with_nothing");
});

test("a number picks the form by the language's own rules", () => {
  const arabic = new Texts({ stars_two: "two", stars_few: "few", stars_other: "other" }, "ar");
  assert.deepEqual([2, 3, 100].map((count) => arabic.say("stars", { count })), ["two", "few", "other"]);
  const broken = new Texts({}, "not a language");
  assert.equal(broken.language, "en");
});

test("the time is written as the page's language writes it, whatever the browser's is", () => {
  const at = new Date(2026, 10, 29, 16, 5).toISOString();
  assert.deepEqual(["en", "en-GB", "de"].map((language) => new Texts({}, language).time(at)), ["16:05", "16:05", "16:05"]);
  assert.match(new Texts({}, "en-US").time(at), /^0?4:05.PM$/);
});

test("a mail's link goes on with its own conversation, and leaves what the tab kept of another", () => {
  const id = "0123456789abcdef0123456789abcdef";
  const keeper = new Keeper("k", () => { throw new Error("refused"); });
  const kept = (): Kept => keeper.kept;
  keeper.set({ token: "another", stream: "another", draft: "half a sen", outbox: [{ cid: "c", kind: "text", body: {} }] });
  keeper.enter(`${id}.${"f".repeat(64)}`);
  assert.deepEqual(kept(), { token: `${id}.${"f".repeat(64)}`, stream: "01234567-89ab-cdef-0123-456789abcdef" });
  keeper.set({ draft: "and an" });
  keeper.enter(`${id}.${"f".repeat(64)}`);
  assert.equal(kept().draft, "and an");
});
