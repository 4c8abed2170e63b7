// Translates the pricing engine, which is written in Python, into the module the phone runs.
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const target = fileURLToPath(new URL("../src/generated/pricing.js", import.meta.url));
mkdirSync(fileURLToPath(new URL("../src/generated", import.meta.url)), { recursive: true });
const root = fileURLToPath(new URL("../../..", import.meta.url));
const python = process.env.PYTHON ?? "python";
const done = spawnSync(python, ["-m", "allonce.pricing.translate", target], { cwd: root, stdio: "inherit" });
if (done.status !== 0) throw new Error(`${python} could not translate the pricing engine`);
