import assert from "node:assert/strict";
import { test } from "node:test";
import { headPaths, productPaths } from "../src/catalogue/parts.ts";
import type { Product, QuoteResult, Range } from "../src/pricing/format.ts";
import { addItem } from "../src/jobs/actions.ts";
import { newItem } from "../src/jobs/create.ts";
import { chosenProposal, productsUsed } from "../src/jobs/model.ts";
import { unfinished } from "../src/jobs/unfinished.ts";
import { colourNames, found, rangeNames } from "../src/screens/item/names.ts";
import { job } from "./a_job.ts";

const ENTRIES = Object.fromEntries(
  ["settings", "taxes", "product/p_a", "product/p_b", "ranges/p_a/0", "ranges/p_a/1", "ranges/p_b/0", "table/t_a", "table/t_a/0",
    "table/t_side", "table/t_b", "table/t_b/0", "picture/i_1"].map((path) => [path, path]),
);

test("opening a catalogue reads its heads and neither ranges, tables nor pictures", () => {
  assert.deepEqual(headPaths(ENTRIES), ["settings", "taxes", "product/p_a", "product/p_b"]);
});

test("a product brings its own ranges and every table that its bands and extras name", () => {
  const head = { bands: [{ id: "b", table: "t_a" }], extras: [{ extras: [{ pricing: { method: "table", table: "t_side" } }] }] };
  assert.deepEqual(productPaths(ENTRIES, "p_a", head), ["ranges/p_a/0", "ranges/p_a/1", "table/t_a", "table/t_a/0", "table/t_side"]);
});

const colour: Range = { band: "b" };
const product = {
  ranges: { "Linen 10": { Flax: colour }, "Linen 9": { Flax: colour, Chalk: colour }, Old: { Red: { ...colour, discontinued: true } } },
} as unknown as Product;

test("ranges are sorted as people count, and what is no longer sold is left out unless it was chosen", () => {
  assert.deepEqual(rangeNames(product, "").map((one) => one.name), ["Linen 9", "Linen 10"]);
  assert.deepEqual(rangeNames(product, "Old").map((one) => one.name), ["Linen 9", "Linen 10", "Old"]);
  assert.deepEqual(colourNames(product.ranges["Old"]!, "Red").map((one) => one.name), ["Red"]);
});

test("a search finds the names that hold all its words in any order and case", () => {
  assert.deepEqual(found(rangeNames(product, ""), " 10 LIN ").map((one) => one.name), ["Linen 10"]);
  assert.equal(found(rangeNames(product, ""), "").length, 2);
  assert.equal(found(rangeNames(product, ""), "wool").length, 0);
});

test("a window without price is unfinished, with the first thing that is wrong", () => {
  const { doc } = job();
  const room = doc.rooms[0]!.id;
  const [good, bad] = [{ ...newItem(room, "Window 1"), product: "p_a" }, { ...newItem(room, "Window 2"), product: "p_b" }];
  const proposal = chosenProposal(addItem(bad)(addItem(good)(doc)));
  const problem = { code: "width_missing", severity: "error", field: "width", params: {} };
  const totals = { lines: [{ id: good.id, ok: true, problems: [] }, { id: bad.id, ok: false, problems: [problem] }] } as unknown as QuoteResult;
  assert.deepEqual(unfinished(proposal, totals).map((one) => [one.item.label, one.problem?.code]), [["Window 2", "width_missing"]]);
  assert.equal(unfinished(proposal, null).length, 2);
});

test("the products of every proposal are opened, each once", () => {
  const { doc } = job();
  const room = doc.rooms[0]!.id;
  const items = ["p_b", "p_a", "p_b", ""].map((one) => ({ ...newItem(room, "Window"), product: one }));
  assert.deepEqual(productsUsed({ ...doc, proposals: [{ id: "1", name: "", items }] }), ["p_a", "p_b"]);
});
