/** Whether what comes and goes is heard here just now. Without the line, nobody knows who has left or begun to write. */
import { computed } from "@preact/signals";
import { lineState } from "./hub.ts";
import { online } from "./network.ts";

export const heard = computed(() => lineState.value === "open" && online.value);
