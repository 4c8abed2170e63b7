/** Which rows of a long list are drawn: those on the screen and a few around them. Rows may differ in height. */

export interface Window {
  first: number;
  /** One behind the last row drawn. */
  end: number;
}

/** Where each row starts, and at last where the list ends, in the unit of the heights. */
export function offsetsOf(heights: readonly number[]): number[] {
  const offsets = [0];
  for (const height of heights) offsets.push((offsets.at(-1) as number) + height);
  return offsets;
}

const MARGIN_ROWS = 6;

/** The rows to draw for a view that begins at `top` and is `height` high. */
export function windowOf(offsets: readonly number[], top: number, height: number): Window {
  const rows = offsets.length - 1;
  const first = Math.max(0, rowAt(offsets, Math.max(0, top)) - MARGIN_ROWS);
  const end = Math.min(rows, rowAt(offsets, Math.max(0, top + height)) + 1 + MARGIN_ROWS);
  return { first: Math.min(first, rows), end: Math.max(end, Math.min(first, rows)) };
}

/** The scroll position that shows a row with the least movement; `covered` is hidden by what sticks to the top. */
export function scrollFor(offsets: readonly number[], row: number, top: number, height: number, covered = 0): number {
  const [start, end] = [offsets[row] ?? 0, offsets[row + 1] ?? 0];
  if (start < top + covered) return Math.max(0, start - covered);
  return end > top + height ? end - height : top;
}

/** The last row that starts at or before a place. */
function rowAt(offsets: readonly number[], place: number): number {
  let [low, high] = [0, offsets.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((offsets[middle] as number) <= place) low = middle;
    else high = middle - 1;
  }
  return low;
}
