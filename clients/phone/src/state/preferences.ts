/** How this phone likes to look and measure. Nothing secret: kept beside the store, readable before the PIN. */
import { effect, signal } from "@preact/signals";
import type { Unit } from "../jobs/size.ts";

export type Theme = "auto" | "light" | "dark";

const kept = JSON.parse(localStorage.getItem("allonce-looks") ?? "{}") as { theme?: Theme; unit?: Unit; keepDays?: number };

export const theme = signal<Theme>(kept.theme ?? "auto");
/** Null until the person chooses: then the shop's own unit from the catalogue holds. */
export const chosenUnit = signal<Unit | null>(kept.unit ?? null);
export const keepDays = signal(kept.keepDays ?? 180);

const dark = matchMedia("(prefers-color-scheme: dark)");

export function applyTheme(): void {
  effect(() => {
    localStorage.setItem("allonce-looks", JSON.stringify({ theme: theme.value, unit: chosenUnit.value, keepDays: keepDays.value }));
    paint();
  });
  dark.addEventListener("change", paint);
}

function paint(): void {
  const isDark = theme.value === "dark" || (theme.value === "auto" && dark.matches);
  document.documentElement.dataset.theme = isDark ? "dark" : "light";
}
