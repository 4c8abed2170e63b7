// Writes build/front/licences.json: each package that the front end bundles, with its licence files in full.
// Production dependencies only, as the lock file tells; the page /licences/ compares files and metadata.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const here = import.meta.dirname;
const licenceFile = /^(licen[cs]es?|copying|unlicense|ofl)([-_.].*)?$/i;
const { packages } = JSON.parse(readFileSync(join(here, "package-lock.json"), "utf8"));

const bundled = Object.entries(packages)
  .filter(([path, entry]) => path.includes("node_modules/") && !entry.dev && !entry.link && !entry.optional)
  .map(([path]) => describe(join(here, path)));

function describe(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile() && licenceFile.test(entry.name));
  const texts = files.map((entry) => [entry.name, readFileSync(join(folder, entry.name), "utf8")]);
  return { name, version, licence: typeof license === "string" ? license : license?.type ?? "", texts };
}

const target = resolve(here, "../build/front");
mkdirSync(target, { recursive: true });
writeFileSync(join(target, "licences.json"), JSON.stringify(bundled));
