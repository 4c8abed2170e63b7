// What a foreign page loads. `scripts/finish.mjs` makes one function of it, which the server calls with the placement.
import { resolve } from "node:path";
import { defineConfig } from "vite";

const here = import.meta.dirname;

export default defineConfig({
  logLevel: "warn",
  publicDir: false,
  build: {
    outDir: resolve(here, "../../build/front/chat_widget"),
    emptyOutDir: false,
    target: "es2020",
    cssTarget: ["chrome111", "safari16.4", "firefox114"],
    rolldownOptions: {
      input: resolve(here, "src/loader.ts"),
      output: { format: "iife", entryFileNames: "loader.js" },
    },
  },
});
