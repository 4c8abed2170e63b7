import type { Plugin } from "vite";

/** The chunk that holds the pricing engine alone. */
export const PRICING = "pricing";

const COMPILE_WHILE_LOADING = "//# allFunctionsCalledOnLoad";

/** Bundlers drop the engine's first comment, by which Chromium compiles it while loading and not at the first price. */
export function pricingPlugin(): Plugin {
  return {
    name: "allonce-pricing",
    generateBundle(_options, bundle) {
      const chunk = Object.values(bundle).find((one) => one.type === "chunk" && one.name === PRICING);
      if (chunk?.type !== "chunk") throw new Error("the pricing engine is not in a chunk of its own");
      chunk.code = `${COMPILE_WHILE_LOADING}\n${chunk.code}`;
    },
  };
}
