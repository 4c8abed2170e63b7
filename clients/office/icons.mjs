// Gathers the icons that templates ({% icon "name" %}) and scripts (icon("name")) use into src/icons.svg.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const here = import.meta.dirname;
const root = resolve(here, "../..");
const drawings = resolve(here, "../node_modules/@tabler/icons/icons/outline");
const uses = /\bicon[ (]\s*["']([a-z0-9-]+)["']|data-icon=["']([a-z0-9-]+)["']|\bicon=["']([a-z0-9-]+)["']/g;

function* filesBelow(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (["node_modules", "__pycache__", "generated"].includes(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    // In a declaration `icon` is a field's name.
    else if (entry.name !== "privacy.py" && /\.(html|ts|tsx|py)$/.test(entry.name)) yield path;
  }
}

const names = new Set();
for (const folder of ["allonce", "clients/office/src"]) {
  for (const path of filesBelow(join(root, folder))) {
    for (const [, a, b, c] of readFileSync(path, "utf8").matchAll(uses)) names.add(a ?? b ?? c);
  }
}
const missing = [];
const symbols = [...names].sort().map((name) => {
  try {
    const drawing = readFileSync(join(drawings, `${name}.svg`), "utf8");
    const inside = drawing.slice(drawing.indexOf(">", drawing.indexOf("<svg")) + 1, drawing.lastIndexOf("</svg>"));
    return `<symbol id="${name}" viewBox="0 0 24 24">${inside.trim().replace(/\s*\n\s*/g, "")}</symbol>`;
  } catch {
    missing.push(name);
    return "";
  }
});
if (missing.length) {
  console.error(`No such icon: ${missing.join(", ")}`);
  process.exit(1);
}
writeFileSync(join(here, "src/icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`);
