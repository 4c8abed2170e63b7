// The chat itself, as the iframe loads it: one script and one style sheet; `{% vite "chat_widget/frame" %}` names them.
import { resolve } from "node:path";
import { defineConfig } from "vite";

const here = import.meta.dirname;

// One chunk is fetched later and needs neither styles nor chunks of its own: Vite's helper for those weighs half a kilobyte.
const plainImport = {
  name: "plain-import",
  enforce: "pre" as const,
  load: (id: string) => (id.endsWith("vite/preload-helper.js") ? "export const __vitePreload = (load) => load();" : null),
};

export default defineConfig({
  logLevel: "warn",
  base: "/static/chat_widget/",
  publicDir: false,
  plugins: [plainImport],
  build: {
    outDir: resolve(here, "../../build/front/chat_widget"),
    emptyOutDir: true,
    manifest: true,
    target: "es2022",
    cssTarget: ["chrome111", "safari16.4", "firefox114"],
    modulePreload: false,
    rolldownOptions: { input: { frame: resolve(here, "src/frame.ts") } },
  },
});
