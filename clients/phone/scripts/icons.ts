import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const MODULE = "virtual:icons";
const NAMES = [
  "alert-triangle", "arrow-left", "backspace", "ban", "bell", "bolt", "building-store", "camera", "check",
  "chevron-down", "chevron-left", "chevron-right", "circle-check", "circle-dashed", "clock", "cloud-check", "cloud-off", "copy",
  "copy-plus", "device-mobile", "device-mobile-check", "dots-vertical", "download", "eraser", "eye", "file-invoice", "fingerprint",
  "help-circle", "home", "info-circle", "layout-columns", "lock", "mail", "mail-check", "mail-question",
  "mail-x", "pencil", "photo", "plus", "minus", "refresh", "ruler-measure", "search", "send", "settings",
  "signature", "trash", "upload", "user", "window", "x", "arrow-back-up", "scribble", "database", "wifi-off", "rotate-clockwise-2",
];

/** Gives the app the shapes of the icons it names, as data: no markup is ever injected into the page. */
export function iconsPlugin(): Plugin {
  return {
    name: "allonce-icons",
    resolveId: (id) => (id === MODULE ? `\0${MODULE}` : null),
    load: (id) => (id === `\0${MODULE}` ? iconModule() : null),
  };
}

function iconModule(): string {
  // The package exports its pictures only; the shapes as data lie two folders above them.
  const picture = fileURLToPath(import.meta.resolve("@tabler/icons/outline/x.svg"));
  const file = join(dirname(picture), "../../tabler-nodes-outline.json");
  const all = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
  const missing = NAMES.filter((name) => !(name in all));
  if (missing.length) throw new Error(`no such icon: ${missing.join(", ")}`);
  return `export default ${JSON.stringify(Object.fromEntries(NAMES.map((name) => [name, all[name]])))}`;
}
