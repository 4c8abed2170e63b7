import { signal } from "@preact/signals";

/** What the browser believes; a request that fails to get any answer is the better witness and sets it to false. */
export const online = signal(navigator.onLine);

addEventListener("online", () => (online.value = true));
addEventListener("offline", () => (online.value = false));
