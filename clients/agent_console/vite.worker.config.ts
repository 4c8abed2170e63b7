import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

/** The service worker stands alone: the server hands it out at /chat/sw.js. */
export default defineConfig({
  logLevel: "warn",
  publicDir: false,
  build: {
    outDir: fileURLToPath(new URL("../../build/front/agent_console", import.meta.url)),
    emptyOutDir: false,
    target: "es2022",
    rolldownOptions: {
      input: fileURLToPath(new URL("src/worker/sw.ts", import.meta.url)),
      output: { entryFileNames: "sw.js", format: "iife" },
    },
  },
});
