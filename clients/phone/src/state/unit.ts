import { computed } from "@preact/signals";
import { catalogues } from "../catalogue/open.ts";
import { held } from "../catalogue/versions.ts";
import { chosenUnit } from "./preferences.ts";

/** How sizes are shown and typed: as this person chose, else as the shop does. */
export const unit = computed(() => chosenUnit.value ?? catalogues.value.get(held.value)?.settings.units ?? "mm");
