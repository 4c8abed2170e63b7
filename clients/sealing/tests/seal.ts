/** Seals the JSON given on standard input: {key, account, generation, json, photo}. Answers the file as base64url. */

import { base64url, fromBase64url, sealJobFile } from "../src/index.ts";

const chunks: string[] = [];
for await (const chunk of process.stdin) chunks.push(String(chunk));
const { key, account, generation, json, photo } = JSON.parse(chunks.join(""));
const files = photo ? [{ name: json.photos[0].id, type: "image/png", data: fromBase64url(photo) }] : [];
console.log(base64url(await sealJobFile(key, account, generation, { json, files })));
