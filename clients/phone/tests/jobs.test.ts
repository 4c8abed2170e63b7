import assert from "node:assert/strict";
import { test } from "node:test";
import { addItem, addProposal, alternative, copyItem, itemOf, nextLabel, removeItem, removeProposal, removeRoom, revise } from "../src/jobs/actions.ts";
import { setQuantity, toggle } from "../src/jobs/choices.ts";
import { newItem } from "../src/jobs/create.ts";
import { addDays, ago } from "../src/jobs/dates.ts";
import { chosenProposal, isAccepted, stageOf, type JobDocument } from "../src/jobs/model.ts";
import { quoteNumber } from "../src/jobs/number.ts";
import { blockers, customerFaults, isEmail, smallOrder } from "../src/jobs/validate.ts";
import type { Group, QuoteResult } from "../src/pricing/format.ts";
import { job } from "./a_job.ts";

const accepted = (role: "customer" | "shop") => ({ role, state: "accepted", reason: "", at: "" }) as const;

test("a number says whose phone made it and is fit for a file name", () => {
  assert.equal(quoteNumber("jb", "K7", 12), "JB-K7-00012");
  assert.match(quoteNumber("j b/ß", "K7", 123456), /^[A-Z0-9]+-K7-123456$/);
});

test("a quote is dated where it is made and valid for the shop's days", () => {
  assert.equal(job().doc.date, "2026-11-21");
  assert.equal(job().doc.valid_until, "2026-12-21");
  assert.equal(addDays("2028-02-28", 1), "2028-02-29");
});

test("only a job that every mail was accepted of counts as sent", () => {
  const fresh = job();
  assert.equal(stageOf(fresh), "progress");
  const queued = { ...fresh, queued_at: "2026-11-21T15:40:00Z" };
  assert.equal(stageOf(queued), "ready");
  assert.equal(stageOf({ ...queued, deliveries: [accepted("shop"), { ...accepted("customer"), state: "retry" }] }), "ready");
  assert.equal(stageOf({ ...queued, deliveries: [accepted("shop"), { ...accepted("customer"), state: "uncertain" }] }), "attention");
  assert.equal(stageOf({ ...queued, deliveries: [accepted("shop"), accepted("customer")] }), "sent");
  assert.equal(isAccepted(queued), false);
});

test("an alternative has the same windows and asks again for what the other product does not know", () => {
  const { doc } = job();
  const item = { ...newItem(doc.rooms[0]!.id, "Window 1"), product: "p_roller", range: "Cedar", colour: "Teak", width: 1130, drop: 1450, choices: { g: { e: 1 } } };
  const other = alternative(chosenProposal(addItem(item)(doc)), "Venetian", "p_venetian");
  assert.deepEqual(other.items.map(({ width, drop, label, range, choices }) => ({ width, drop, label, range, choices })), [{ width: 1130, drop: 1450, label: "Window 1", range: "", choices: {} }]);
  assert.notEqual(other.items[0]!.id, item.id);
});

test("removing the chosen proposal chooses another, and the last one stays", () => {
  const { doc } = job();
  const two = addProposal(alternative(chosenProposal(doc), "B", "p"))(doc);
  const one = removeProposal(two.chosen)(two);
  assert.equal(one.chosen, doc.chosen);
  assert.equal(removeProposal(one.chosen)(one), one);
});

test("copies get the next free name and leave the other window's pictures behind", () => {
  const start = job().doc;
  const room = start.rooms[0]!.id;
  const doc = addItem({ ...newItem(room, "Window 1"), photos: ["p"], notes: "lintel" })(start);
  const copy = copyItem(doc, chosenProposal(doc).items[0]!, room, "Window");
  assert.equal(copy.label, "Window 2");
  assert.deepEqual([copy.photos, copy.notes], [[], ""]);
  assert.equal(nextLabel(doc, "elsewhere", "Window"), "Window 1");
});

test("a room with windows cannot be removed", () => {
  const start = job().doc;
  const doc = addItem(newItem(start.rooms[0]!.id, "Window 1"))(start);
  assert.equal(removeRoom(doc.rooms[0]!.id)(doc), doc);
  const empty = removeItem(chosenProposal(doc).items[0]!.id)(doc);
  assert.equal(removeRoom(doc.rooms[0]!.id)(empty).rooms.length, 0);
  assert.equal(itemOf(empty, "gone"), null);
});

test("a revision keeps number and reference and asks for a new signature", () => {
  const { doc } = job();
  const next = revise({ ...doc, completed_at: "x", signature: { svg_path: "M0 0", width: 1, height: 1, name: "A", at: "" } });
  assert.deepEqual([next.number, next.job_ref, next.revision, next.signature, next.completed_at], [doc.number, doc.job_ref, 2, null, null]);
});

test("a customer without email may still have a quote", () => {
  assert.deepEqual(customerFaults({ ...job().doc.customer, name: "Ann" }, true), {});
  assert.equal(customerFaults({ ...job().doc.customer, email: "ann@" }, false).email, "email");
  for (const bad of ["a@b", "a b@c.de", "a@b.c,d@e.fg", "<a@b.cd>"]) assert.equal(isEmail(bad), false);
  assert.ok(isEmail("o'neil+x@mail.example.co.uk"));
});

test("what stands in the way of sending is named", () => {
  assert.deepEqual(blockers(job().doc), ["name", "no_items"]);
});

test("a small order is refused, or left to the person, as the shop decided", () => {
  const named = { ...job().doc, customer: { ...job().doc.customer, name: "Ann" } };
  const doc = addItem(newItem(named.rooms[0]!.id, "Window 1"))(named);
  const small = (severity: "error" | "warning"): JobDocument =>
    ({ ...doc, totals: { problems: [{ code: "below_minimum_order", severity, field: "items", params: {} }] } as unknown as QuoteResult });
  assert.deepEqual(blockers(small("error")), ["minimum"]);
  assert.equal(smallOrder(small("error")), undefined);
  assert.deepEqual(blockers(small("warning")), []);
  assert.equal(smallOrder(small("warning"))?.code, "below_minimum_order");
});

test("a group that was emptied stays empty, so that a default does not come back", () => {
  const group: Group = { id: "g", name: "G", choose: "one", extras: [] };
  assert.deepEqual(toggle({}, { g: { right: 1 } }, group, "right"), { g: {} });
  assert.deepEqual(toggle({}, { g: { right: 1 } }, group, "left"), { g: { left: 1 } });
  assert.deepEqual(toggle({}, { g: { a: 1 } }, { ...group, choose: "many" }, "b"), { g: { a: 1, b: 1 } });
  assert.deepEqual(setQuantity({ g: { a: 2 } }, {}, group, "a", 0), { g: {} });
});

test("times are told in the coarsest unit that still tells", () => {
  const now = Date.UTC(2026, 10, 21);
  assert.deepEqual([ago(now, now).key, ago(now - 600_000, now).count, ago(now - 3 * 86_400_000, now).key], ["ago.now", 10, "ago.days"]);
});
