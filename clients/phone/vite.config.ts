import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { iconsPlugin } from "./scripts/icons.ts";
import { PRICING, pricingPlugin } from "./scripts/pricing.ts";

export default defineConfig({
  logLevel: "warn",
  base: "/mobile/",
  plugins: [iconsPlugin(), pricingPlugin()],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: fileURLToPath(new URL("../../build/front/phone", import.meta.url)),
    emptyOutDir: true,
    manifest: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: PRICING, test: /generated[\\/]pricing\.js$/ }] } } },
  },
});
