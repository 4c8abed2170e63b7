// `node node.mjs ENGINE.js`: a line of calls in, a line of answers out.

import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { answerAll } from "./answer.mjs";

const engine = await import(pathToFileURL(process.argv[2]).href);
for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(JSON.stringify(answerAll(engine, JSON.parse(line))) + "\n");
}
