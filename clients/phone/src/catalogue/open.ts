/** The catalogues in memory: of each version that was asked for its settings, its list of products, and the products in use. */
import { effect, signal } from "@preact/signals";
import { assemble } from "../generated/pricing.js";
import type { Catalogue, Product } from "../pricing/format.ts";
import { opened, store } from "../state/session.ts";
import { chunkName, entriesOf } from "./manifests.ts";
import { headPaths, productPaths, type Chunks } from "./parts.ts";
import type { Entries } from "./root.ts";

/** Catalogues by version, each with those of its products that were asked for: a price never comes from half a product. */
export const catalogues = signal<ReadonlyMap<number, Catalogue>>(new Map());

const heads = new Map<number, Chunks>();
let queue: Promise<unknown> = Promise.resolve();

effect(() => {
  if (store.value) return;
  heads.clear();
  catalogues.value = new Map();
});

/** Opens a version without its products; null when this phone does not have it. */
export const openVersion = (version: number): Promise<Catalogue | null> => openProducts(version, []);

/** Opens a version with at least these products, as far as it has them; null when this phone does not have it. */
export function openProducts(version: number, ids: readonly string[]): Promise<Catalogue | null> {
  const opening = queue.then(() => read(version, ids));
  queue = opening.catch(() => undefined);
  return opening;
}

/** All products of an open version, without their ranges, in the shop's order. */
export function productsOf(version: number): Product[] {
  const chunks = catalogues.value.has(version) ? (heads.get(version) ?? {}) : {};
  const found = Object.keys(chunks).filter((path) => path.startsWith("product/")).map((path) => chunks[path] as Product);
  return found.sort((a, b) => (a.order ?? 0) - (b.order ?? 0) || a.name.localeCompare(b.name));
}

/** Which of these products this version has, but not yet in memory. */
export function notOpen(version: number, ids: Iterable<string>): string[] {
  const chunks = heads.get(version) ?? {};
  const loaded = catalogues.value.get(version)?.products ?? {};
  return [...new Set(ids)].filter((id) => `product/${id}` in chunks && !(id in loaded));
}

export function close(version: number): void {
  heads.delete(version);
  const left = new Map(catalogues.value);
  if (left.delete(version)) catalogues.value = left;
}

async function read(version: number, ids: readonly string[]): Promise<Catalogue | null> {
  const entries = await entriesOf(version);
  if (!("settings" in entries)) return null;
  if (!heads.has(version)) heads.set(version, await readChunks(entries, headPaths(entries)));
  const missing = notOpen(version, ids);
  const before = catalogues.value.get(version);
  if (before && !missing.length) return before;
  const more = assemble(await withParts(version, entries, missing));
  const whole = before ? { ...before, products: { ...before.products, ...more.products }, tables: { ...before.tables, ...more.tables } } : more;
  catalogues.value = new Map(catalogues.value).set(version, whole);
  return whole;
}

async function withParts(version: number, entries: Entries, ids: readonly string[]): Promise<Chunks> {
  const known = heads.get(version) as Chunks;
  const products = ids.map((id) => `product/${id}`);
  const parts = new Set(ids.flatMap((id) => productPaths(entries, id, known[`product/${id}`])));
  const kept = ["settings", "taxes", ...products].map((path) => [path, known[path]] as const);
  return { ...Object.fromEntries(kept), ...(await readChunks(entries, [...parts])) };
}

async function readChunks(entries: Entries, paths: readonly string[]): Promise<Chunks> {
  const values = await opened().getMany<unknown>(paths.map((path) => chunkName(entries[path] ?? "")));
  return Object.fromEntries(paths.map((path, at) => [path, values[at]]));
}
