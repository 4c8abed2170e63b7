import assert from "node:assert/strict";
import { test } from "node:test";
import { money, parseMoney, parsePercent, percent } from "../src/jobs/money.ts";
import { LONGEST_MM, parseSize, pressKey, sizeDigits, sizePair, type Unit } from "../src/jobs/size.ts";
import { fitted } from "../src/media/photo.ts";
import { pathOf } from "../src/media/strokes.ts";

const type = (keys: string, unit: Unit): string => [...keys].reduce((typed, key) => pressKey(typed, key, unit), "");

test("what is typed in any unit and shown again is the same size", () => {
  for (const unit of ["mm", "cm", "inch"] as const) {
    for (let mm = 1; mm < 5000; mm += 7) assert.equal(parseSize(sizeDigits(mm, unit), unit), mm, `${mm} mm in ${unit}`);
  }
});

test("the keypad never lets a size grow beyond what can be", () => {
  assert.equal(parseSize(type("99999999", "mm"), "mm"), 9999);
  assert.ok((parseSize(type("999999", "cm"), "cm") ?? 0) <= LONGEST_MM);
  assert.equal(type("0012", "mm"), "12");
  assert.equal(type("1.2.5", "cm"), "1.25");
  assert.equal(type("1.5", "mm"), "15");
});

test("nonsense is no size", () => {
  for (const typed of ["", ".", "abc", "-5", "0", "1e3", "60000"]) assert.equal(parseSize(typed, "mm"), null, typed);
  assert.equal(parseSize("112,5", "cm"), 1125);
});

test("sizes not yet measured show a dash", () => {
  assert.equal(sizePair(1130, 0, "mm"), "1130 × –");
  assert.equal(sizePair(1130, 1450, "cm"), "113 × 145 cm");
});

test("money and shares are read to the penny or not at all", () => {
  assert.equal(parseMoney("12.5"), 1250);
  assert.equal(parseMoney("£1,250.05"), 125_005);
  assert.equal(parseMoney("12.505"), null);
  assert.equal(parseMoney("-1"), null);
  assert.equal(parsePercent("12.5"), 1250);
  assert.equal(parsePercent("100.01"), null);
  assert.equal(money(-1459, "GBP"), "-£14.59");
  assert.equal(percent(1250), "12.5%");
});

test("photos are made smaller and never larger", () => {
  assert.deepEqual(fitted({ width: 4000, height: 3000 }), { width: 1600, height: 1200 });
  assert.deepEqual(fitted({ width: 640, height: 480 }), { width: 640, height: 480 });
  assert.deepEqual(fitted({ width: 10_000, height: 2 }), { width: 1600, height: 1 });
});

test("strokes are path commands and figures only", () => {
  const points = [{ x: 1.4, y: 2.6 }, { x: 10, y: 20 }].map((point) => ({ ...point, pressure: 0, time: 0 }));
  assert.equal(pathOf([{ points }, { points: points.slice(0, 1) }]), "M1 3L10 20M1 3l1 0");
});
