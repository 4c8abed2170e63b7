/** Addresses of the catalogue's pictures, made a few at a time so that a list of hundreds scrolls on meanwhile. */
import { effect } from "@preact/signals";
import { store } from "../state/session.ts";
import { toBase64 } from "../store/bytes.ts";
import { picture } from "./manifests.ts";

const KEPT = 400;
const PER_FRAME = 2;

const made = new Map<string, Promise<string>>();
const waiting: (() => void)[] = [];

effect(() => {
  if (!store.value) made.clear();
});

/** The address of a picture, or "" where this version has none. */
export function pictureAddress(version: number, id: string): Promise<string> {
  const name = `${version}/${id}`;
  const known = made.get(name) ?? make(version, id);
  made.delete(name);
  made.set(name, known);
  const oldest = made.keys().next().value;
  if (made.size > KEPT && oldest) made.delete(oldest);
  return known;
}

async function make(version: number, id: string): Promise<string> {
  await turn();
  const bytes = await picture(version, id).catch(() => null);
  // Setup writes every picture as WebP. The bytes themselves as address: one of a blob asks the browser's other process each time.
  return bytes ? `data:image/webp;base64,${toBase64(bytes)}` : "";
}

function turn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length === 1) setTimeout(some);
  });
}

function some(): void {
  for (const begin of waiting.splice(0, PER_FRAME)) begin();
  if (waiting.length) requestAnimationFrame(some);
}
