// Every file directly in src/ is a page's script; `{% vite "office/NAME" %}` in a template loads it.
import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { defineConfig } from "vite";

const sources = resolve(import.meta.dirname, "src");
const pages = readdirSync(sources).filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"));

export default defineConfig({
  logLevel: "warn",
  base: "/static/office/",
  publicDir: false,
  build: {
    outDir: resolve(import.meta.dirname, "../../build/front/office"),
    emptyOutDir: true,
    manifest: true,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    // htmx holds an eval that our content policy forbids and no page of ours reaches.
    rollupOptions: {
      checks: { eval: false },
      input: [...pages.map((name) => resolve(sources, name)), resolve(sources, "worker/notices_worker.ts")],
      // The worker is handed out by the server under a name that stays.
      output: { entryFileNames: (chunk) => (chunk.name === "notices_worker" ? "[name].js" : "assets/[name]-[hash].js") },
    },
  },
});
