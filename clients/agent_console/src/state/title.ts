/** Unread and ringing, where one sees them with another window in front: title, icon, and the installed app's badge. */
import { effect } from "@preact/signals";
import { t } from "../i18n/t.ts";
import { dark } from "./looks.ts";
import { business, ringing, unreadTotal } from "./store.ts";

const BLINK_MS = 1200;

export function startTitle(): void {
  const plain = (): string => `${t("app.title")} · ${business.value}`;
  let timer = 0;
  effect(() => {
    const [count, rings, base] = [unreadTotal.value, ringing.value.length, plain()];
    clearInterval(timer);
    document.title = count ? `(${count}) ${base}` : base;
    if (rings) timer = window.setInterval(() => blink(base), BLINK_MS);
    if (rings) blink(base);
    paintIcon(count + rings, rings > 0);
    void badge(count + rings);
  });
}

function blink(base: string): void {
  const rings = t("ring.title", { count: ringing.peek().length });
  document.title = document.title.startsWith(rings) ? base : `${rings} · ${base}`;
}

async function badge(count: number): Promise<void> {
  if (!("setAppBadge" in navigator)) return;
  await (count ? navigator.setAppBadge(count) : navigator.clearAppBadge()).catch(() => undefined);
}

/** Drawn, not fetched: a speech bubble with the number in it. */
function paintIcon(count: number, isRinging: boolean): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  if (!link) return;
  const mark = count ? `<circle cx="45" cy="19" r="18" fill="${isRinging ? "#b3261e" : "#8a5a00"}"/><text x="45" y="27" font-family="sans-serif" font-size="24" font-weight="700" text-anchor="middle" fill="#fff">${count > 9 ? "9+" : count}</text>` : "";
  const bubble = `<path d="M10 14h44a6 6 0 0 1 6 6v26a6 6 0 0 1-6 6H30L16 62V52h-6a6 6 0 0 1-6-6V20a6 6 0 0 1 6-6z" fill="${dark.value ? "#7db4f5" : "#1a5fb4"}"/>`;
  link.href = `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">${bubble}${mark}</svg>`)}`;
}
