// Makes the loader one function of its placement, copies the languages, and writes .br and .gz beside what is sent as it is.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const here = import.meta.dirname;
const built = resolve(here, "../../../build/front/chat_widget");

// The server answers `FUNCTION(PLACEMENT)`: no JSON is parsed on a page whose JSON may be anybody's.
const loader = join(built, "loader.js");
writeFileSync(loader, `(function($allonce){${readFileSync(loader, "utf8").trim()}})`);

const languages = resolve(here, "../languages");
const target = join(built, "languages");
mkdirSync(target, { recursive: true });
// The loader's words go into the loader, those of the first paint into the frame's page, the rest into a file of their own.
for (const name of readdirSync(languages).filter((each) => each.endsWith(".json"))) {
  const { direction, name: title, ...words } = JSON.parse(readFileSync(join(languages, name), "utf8"));
  const part = (belongs) => Object.fromEntries(Object.entries(words).filter(([key]) => belongs(key)));
  const [loader, later] = ["loader_", "later_"].map((start) => part((key) => key.startsWith(start)));
  const frame = { direction, code: name.slice(0, -5), ...part((key) => !(key in loader) && !(key in later)) };
  writeFileSync(join(target, name), JSON.stringify({ name: title, direction, loader, frame }));
  writeFileSync(join(target, name.replace(".json", ".later.json")), JSON.stringify(later));
}

for (const entry of readdirSync(built, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !/\.(js|css|later\.json)$/.test(entry.name) || entry.name === "loader.js") continue;
  const path = join(entry.parentPath, entry.name);
  const bytes = readFileSync(path);
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
  writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
}
