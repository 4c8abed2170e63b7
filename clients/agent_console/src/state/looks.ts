/** How this browser likes the console: theme (shared with the office), sound, single keys. */
import { signal } from "@preact/signals";

const THEME = "allonce.theme";
const KEPT = "allonce.chat.looks";

interface Kept {
  sound?: boolean;
  keys?: boolean;
}

const kept = read();
export const dark = signal(document.documentElement.dataset.bsTheme === "dark");
export const soundOn = signal(kept.sound ?? true);
/** Shortcuts of a single key can be switched off: they disturb who speaks to the computer (WCAG 2.1.4). */
export const keysOn = signal(kept.keys ?? true);

const system = matchMedia("(prefers-color-scheme: dark)");

/** The office's script has set the theme before the first paint; alone, the system decides. */
export function startLooks(): void {
  if (!document.documentElement.dataset.bsTheme) paint(system.matches);
  system.addEventListener("change", () => !stored(THEME) && paint(system.matches));
}

export function toggleTheme(): void {
  paint(!dark.peek());
  store(THEME, dark.peek() ? "dark" : "light");
}

export function setSound(on: boolean): void {
  soundOn.value = on;
  keep();
}

export function setKeys(on: boolean): void {
  keysOn.value = on;
  keep();
}

function paint(isDark: boolean): void {
  dark.value = isDark;
  document.documentElement.dataset.bsTheme = isDark ? "dark" : "light";
}

function keep(): void {
  store(KEPT, JSON.stringify({ sound: soundOn.peek(), keys: keysOn.peek() }));
}

function read(): Kept {
  try {
    return JSON.parse(stored(KEPT) ?? "{}") as Kept;
  } catch {
    return {};
  }
}

function stored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function store(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Storage refused: it holds for this page only.
  }
}
