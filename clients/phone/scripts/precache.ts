import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

type Manifest = Record<string, { file: string; css?: string[]; assets?: string[] }>;

/** Every file that the app needs to start without network, from Vite's own manifest. */
export function precacheList(outDir: string): string[] {
  const manifest = JSON.parse(readFileSync(join(outDir, ".vite/manifest.json"), "utf8")) as Manifest;
  const files = new Set<string>();
  for (const chunk of Object.values(manifest)) {
    for (const file of [chunk.file, ...(chunk.css ?? []), ...(chunk.assets ?? [])]) if (needed(file)) files.add(file);
  }
  return ["", "manifest.webmanifest", "icon.svg", ...[...files].sort()];
}

/** Only the latin faces of the typeface: other scripts fall back to the phone's own fonts. */
function needed(file: string): boolean {
  return !file.endsWith(".woff2") || /inter-latin(-ext)?-wght-normal/.test(file);
}

/** A name for this build that changes when any precached byte does. */
export function buildVersion(outDir: string, precache: readonly string[]): string {
  const hash = createHash("sha256");
  for (const file of precache) hash.update(readFileSync(join(outDir, file || "index.html")));
  return hash.digest("hex").slice(0, 12);
}
