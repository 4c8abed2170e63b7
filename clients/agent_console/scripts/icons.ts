import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const MODULE = "virtual:icons";
const NAMES = [
  "alert-triangle", "arrow-left", "arrow-right", "arrow-back-up", "ban", "bell", "bell-off", "bell-ringing", "bolt",
  "building-store", "check", "checks", "chevron-down", "chevron-right", "circle-check", "circle-dashed", "clock",
  "copy", "device-mobile", "dots-vertical", "external-link", "eye-off", "flame", "flame-off", "headset",
  "help-circle", "history", "home", "info-circle", "keyboard", "language", "layout-sidebar-right", "lock-open",
  "mail", "message", "message-circle", "moon", "note", "paperclip", "pencil", "phone", "photo", "photo-x",
  "plug-connected-x", "refresh", "search", "send", "share-3", "slash", "star", "sun",
  "tag", "trash", "user", "user-off", "users", "volume", "volume-off", "wifi-off", "world", "x", "zoom-question",
  "adjustments",
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
