/** What a finger drew, as one path: small, sharp at any size, and printable. */
import type { PointGroup } from "signature_pad";

export interface Strokes {
  svg_path: string;
  width: number;
  height: number;
}

/** Path data of lines through all points, with whole-pixel coordinates. */
export function pathOf(groups: readonly Pick<PointGroup, "points">[]): string {
  return groups.map(({ points }) => points.map((point, at) => `${at ? "L" : "M"}${Math.round(point.x)} ${Math.round(point.y)}`).join("") + dot(points)).join("");
}

/** A tap is a dot, which a line without length would not show. */
function dot(points: readonly { x: number; y: number }[]): string {
  return points.length === 1 ? "l1 0" : "";
}
