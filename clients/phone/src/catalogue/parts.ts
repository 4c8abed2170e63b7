/** Which chunks a product needs. A phone holds whole catalogues on its disk, and in memory only the products in use. */
import type { Entries } from "./root.ts";

export type Chunks = Record<string, unknown>;

/** What every product needs, and the heads of all of them: enough for the list of products. */
export function headPaths(entries: Entries): string[] {
  return Object.keys(entries).filter((path) => path === "settings" || path === "taxes" || path.startsWith("product/"));
}

/** The ranges of a product, and each price table that its bands and extras name. */
export function productPaths(entries: Entries, id: string, head: unknown): string[] {
  const tables = new Set(tablesIn(head));
  return Object.keys(entries).filter((path) => {
    const [kind = "", owner = ""] = path.split("/");
    return (kind === "ranges" && owner === id) || (kind === "table" && tables.has(owner));
  });
}

function tablesIn(part: unknown): string[] {
  if (typeof part !== "object" || part === null) return [];
  return Object.entries(part).flatMap(([key, value]) => (key === "table" && typeof value === "string" ? [value] : tablesIn(value)));
}
