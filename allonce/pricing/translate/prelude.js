// What the translated engine needs of its home: the same few primitives as
// allonce/pricing/engine/primitives.py, and Python's meaning of a few operations.

export class OverflowError extends Error {}
export class KeyError extends Error {}

function checked(value) {
  if (!Number.isSafeInteger(value)) throw new OverflowError("amount beyond 2^53 - 1");
  return value + 0; // no negative zero
}

function times(left, right) {
  return checked(left * right);
}

function is_whole(value) {
  return Number.isSafeInteger(value);
}

function is_text(value) {
  return typeof value === "string";
}

function is_mapping(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function is_list(value) {
  return Array.isArray(value);
}

function floor_divide(left, right) {
  return (left - modulo(left, right)) / right; // exact: the difference is a multiple
}

function modulo(left, right) {
  if (right === 0) throw new RangeError("division by zero");
  const rest = checked(left) % checked(right);
  return rest !== 0 && rest < 0 !== right < 0 ? rest + right : rest + 0;
}

function has(container, key) {
  if (Array.isArray(container)) return container.includes(key);
  return Object.hasOwn(container, key);
}

function at(container, key) {
  if (!Object.hasOwn(container, key)) throw new KeyError(String(key));
  return container[key];
}

function get(mapping, key, otherwise) {
  return Object.hasOwn(mapping, key) ? mapping[key] : otherwise;
}

function put(container, key, value) {
  if (key === "__proto__") throw new KeyError(key);
  container[key] = value;
}

function count_of(container) {
  return is_mapping(container) ? Object.keys(container).length : container.length;
}

function sorted_keys(mapping) {
  return Object.keys(mapping).sort();
}

function same(left, right) {
  if (typeof left === "object" && left !== null && typeof right === "object" && right !== null)
    throw new TypeError("only plain values are compared");
  return left === right;
}

function sum(values) {
  return values.reduce((total, value) => checked(total + value), 0);
}

function strip_spaces(text) {
  return text.replace(/^ +| +$/g, "");
}
