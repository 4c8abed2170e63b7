import { signal } from "@preact/signals";

/** Whether somebody can be looking at this page: it is in front and has the keyboard. */
export const seen = signal(document.visibilityState === "visible" && document.hasFocus());

const look = (): void => void (seen.value = document.visibilityState === "visible" && document.hasFocus());
for (const kind of ["focus", "blur", "pageshow"]) addEventListener(kind, look);
document.addEventListener("visibilitychange", look);
