import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { buildVersion, precacheList } from "./scripts/precache.ts";

const outDir = fileURLToPath(new URL("../../build/front/phone", import.meta.url));
const precache = precacheList(outDir);

/** The service worker is built last, because it carries the list of what the first build made. */
export default defineConfig({
  logLevel: "warn",
  publicDir: false,
  define: {
    __PRECACHE__: JSON.stringify(precache),
    __VERSION__: JSON.stringify(buildVersion(outDir, precache)),
  },
  build: {
    outDir,
    emptyOutDir: false,
    target: "es2022",
    rollupOptions: {
      input: fileURLToPath(new URL("src/worker/sw.ts", import.meta.url)),
      output: { entryFileNames: "sw.js", format: "iife" },
    },
  },
});
