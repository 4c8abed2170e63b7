import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { iconsPlugin } from "./scripts/icons.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** `{% vite "agent_console/inbox" %}` in the console's page loads `src/inbox.ts`. */
export default defineConfig({
  logLevel: "warn",
  base: "/static/agent_console/",
  plugins: [iconsPlugin()],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: here("../../build/front/agent_console"),
    emptyOutDir: true,
    manifest: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: [here("src/inbox.ts")] },
  },
});
