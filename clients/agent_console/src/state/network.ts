import { signal } from "@preact/signals";

/** What the browser believes of the network; the connection itself is the better witness. */
export const online = signal(navigator.onLine);

addEventListener("online", () => (online.value = true));
addEventListener("offline", () => (online.value = false));
