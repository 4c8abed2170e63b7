import assert from "node:assert/strict";
import { test } from "node:test";
import type { Colleague } from "../src/api/types.ts";
import { canTake, somebodyIn } from "../src/logic/forwarding.ts";

const of = (given: Partial<Colleague>): Colleague => ({ id: "b", presence: "online", limit: 2, departments: [], ...given }) as Colleague;
const none = (): number => 0;

test("who is away or has no room takes nothing", () => {
  assert.deepEqual([canTake(of({}), 1), canTake(of({}), 2), canTake(of({ presence: "away" }), 0)], [true, false, false]);
});

test("a department is offered while somebody of it could take it", () => {
  assert.equal(somebodyIn("sales", [of({ departments: ["sales"] })], none, []), true);
  assert.equal(somebodyIn("sales", [of({})], none, []), true, "who names no department belongs to all");
  assert.equal(somebodyIn("sales", [of({ departments: ["service"] })], none, []), false);
  assert.equal(somebodyIn("sales", [of({ departments: ["sales"], presence: "offline" })], none, []), false);
  assert.equal(somebodyIn("sales", [of({ departments: ["sales"] })], () => 2, []), false);
  assert.equal(somebodyIn("sales", [], none, []), false);
  assert.equal(somebodyIn("sales", [of({})], none, ["b"]), false, "outside their hours it does not ring for a department");
});
