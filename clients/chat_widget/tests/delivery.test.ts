import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { numberToText } from "../src/actions.ts";
import { dice, Server, tick, until } from "./server.ts";
import { Tab, Visitor } from "./visitor.ts";

const open: Visitor[] = [];
function visitor(server: Server, tab: Tab | undefined = new Tab()): Visitor {
  const made = new Visitor(server, tab);
  open.push(made);
  return made;
}
afterEach(() => {
  for (const each of open.splice(0)) each.leave();
});

const words = (server: Server): string[] => server.entries.map((each) => String(each.body!.text));

test("the first message begins the conversation, and the others follow in order", async () => {
  const server = new Server();
  const kim = visitor(server);
  for (const text of ["one", "two", "three"]) kim.say(text);
  await until(() => server.entries.length === 3, "three entries");
  assert.deepEqual(words(server), ["one", "two", "three"]);
  await until(() => kim.shown.every((each) => each.state === "sent" && each.seq > 0), "all sent");
});

test("a start whose answer is lost is repeated with the same cid and begins one conversation", async () => {
  let losing = 2;
  const server = new Server({ lostAnswer: () => losing-- > 0 });
  const kim = visitor(server);
  kim.say("one");
  await until(() => kim.shown[0]?.state === "sent", "sent");
  const starts = server.requests.filter((each) => each.address.endsWith("/start"));
  assert.equal(starts.length, 3);
  assert.equal(new Set(starts.map((each) => each.body!.cid)).size, 1);
  assert.equal(server.entries.length, 1);
});

test("a message that was not acknowledged survives a reload and arrives once", async () => {
  const server = new Server();
  const tab = new Tab();
  const before = visitor(server, tab);
  before.say("one");
  await until(() => before.shown[0]?.state === "sent", "sent");
  server.kill();
  before.say("two");
  await tick(20);
  before.leave();
  const after = visitor(server, tab);
  assert.ok(after.words.includes("two"));
  server.rise();
  await until(() => after.shown.length === 2 && after.shown.every((each) => each.seq > 0), "both shown");
  assert.deepEqual(words(server), ["one", "two"]);
  assert.deepEqual(after.words, ["one", "two"]);
});

test("without storage the chat works on its page", async () => {
  const server = new Server();
  const kim = new Visitor(server, undefined);
  open.push(kim);
  assert.equal(kim.chat.keeper.lasting, false);
  kim.say("one");
  await until(() => server.entries.length === 1, "one entry");
  server.append("agent:a", "two");
  await until(() => kim.words.length === 2, "the answer");
});

test("a refusal is shown in the server's words, does not hold up what follows, and can be tried again", async () => {
  const server = new Server();
  const kim = visitor(server);
  kim.say("one");
  await until(() => kim.shown[0]?.state === "sent", "sent");
  server.refusal = Response.json({ code: "words_refused", detail: "Put it another way." }, { status: 422 });
  kim.say("two");
  await until(() => kim.shown[1]?.state === "refused", "refused");
  assert.equal(kim.shown[1]!.why, "Put it another way.");
  server.refusal = undefined;
  kim.say("three");
  await until(() => server.entries.length === 2, "three arrives");
  kim.chat.again(kim.shown.find((each) => each.state === "refused")!.cid);
  await until(() => server.entries.length === 3, "two arrives");
  assert.deepEqual(words(server), ["one", "three", "two"]);
});

test("Retry-After is never undercut", async () => {
  const server = new Server();
  const kim = visitor(server);
  kim.say("one");
  await until(() => kim.shown[0]?.state === "sent", "sent");
  server.refusal = Response.json({}, { status: 429, headers: { "Retry-After": "0.15" } });
  kim.say("two");
  await tick(100);
  assert.equal(server.requests.filter((each) => each.address === "/rt/v1/send").length, 1);
  server.refusal = undefined;
  await until(() => server.entries.length === 2, "two arrives");
});

test("a token that the server forgot begins anew, and nothing unsent is lost", async () => {
  const server = new Server();
  const kim = visitor(server);
  kim.say("one");
  await until(() => kim.shown[0]?.state === "sent", "sent");
  server.kill();
  kim.say("two");
  server.token = "t2";
  server.rise();
  await until(() => server.entries.length === 2, "two arrives");
  const again = server.requests.findLast((each) => each.address.endsWith("/start"));
  assert.equal(again!.body!.known, "t1");
  assert.equal(again!.body!.text, "two");
});

test("where streams do not come through, polling carries the chat", async () => {
  const server = new Server({ buffered: true });
  const kim = visitor(server);
  kim.say("one");
  await until(() => server.requests.some((each) => each.address.startsWith("/rt/v1/poll")), "a poll");
  server.append("agent:a", "two");
  await until(() => kim.words.includes("two"), "the answer");
});

test("a quiet hole is seen by the next heartbeat", async () => {
  let losing = false;
  const server = new Server({ frame: () => (losing ? "lost" : "good") });
  const kim = visitor(server);
  kim.say("one");
  await until(() => kim.shown[0]?.seq === 1, "sent");
  losing = true;
  server.append("agent:a", "two");
  losing = false;
  await tick(30);
  assert.deepEqual(kim.words, ["one"]);
  server.beat();
  await until(() => kim.words.length === 2, "the lost message");
});

test("an erased message vanishes from the screen and its number stays", async () => {
  const server = new Server();
  const kim = visitor(server);
  kim.say("one");
  await until(() => kim.shown[0]?.seq === 1, "sent");
  server.append("agent:a", "two");
  await until(() => kim.words.length === 2, "two");
  server.tell({ t: "erased", seq: 2 });
  await until(() => kim.shown[1]?.state === "erased", "erased");
  server.append("agent:a", "three");
  await until(() => kim.words.length === 3, "three");
});

for (const seed of [1, 7, 42, 1871, 90210]) {
  test(`nothing is lost, doubled or out of order, whatever the network does (seed ${seed})`, async () => {
    const random = dice(seed);
    const fates = ["good", "good", "lost", "twice", "late"] as const;
    const server = new Server({
      lostRequest: () => random() < 0.2,
      lostAnswer: () => random() < 0.2,
      frame: () => fates[Math.floor(random() * fates.length)]!,
    });
    const tab = new Tab();
    let kim = visitor(server, tab);
    for (let turn = 0; turn < 60; turn += 1) {
      kim.say(`v${turn}`);
      if (random() < 0.4 && kim.chat.token) server.append("agent:a", `a${turn}`);
      if (random() < 0.1) server.kill();
      await tick(random() * 8);
      server.rise();
      if (random() < 0.1) {
        kim.leave();
        kim = visitor(server, tab);
      }
    }
    const beating = setInterval(() => server.beat(), 20);
    const whole = (): boolean => kim.shown.length === server.entries.length && kim.shown.every((each) => each.seq > 0);
    await until(() => server.entries.filter((each) => each.from === "visitor").length === 60 && whole(), "all arrived").finally(() => clearInterval(beating));
    const said = server.entries.filter((each) => each.from === "visitor").map((each) => String(each.body!.text));
    assert.deepEqual(said, Array.from({ length: 60 }, (_, turn) => `v${turn}`));
    assert.deepEqual(kim.words, words(server));
  });
}

test("who would rather text is told the number, and the page they look at is remembered", async () => {
  const server = new Server();
  const kim = visitor(server);
  kim.chat.listing = { id: "8", title: "Morrow", price: "", url: "", image: "" };
  assert.deepEqual(await numberToText(kim.chat), { number: "+447400000001", uri: "sms:+447400000001" });
  const [asked] = server.requests.filter((each) => each.address === "/w/demo/text");
  assert.equal((asked!.body!.listing as { id: string }).id, "8");
  assert.deepEqual(Object.keys(asked!.body!).sort(), ["listing", "m", "page"]);
});
