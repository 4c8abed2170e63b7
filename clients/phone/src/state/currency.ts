import { computed } from "@preact/signals";
import { catalogues } from "../catalogue/open.ts";
import { held } from "../catalogue/versions.ts";

export const currency = computed(() => catalogues.value.get(held.value)?.currency ?? "GBP");
