/** The app's own files: kept by the service worker, renewed when a new version is out, installed when the person likes. */
import { signal } from "@preact/signals";

interface InstallPrompt extends Event {
  prompt(): Promise<void>;
}

export const installPrompt = signal<InstallPrompt | null>(null);
export const installed = signal(matchMedia("(display-mode: standalone)").matches);
/** A newer version of the app that waits to be used. */
export const waitingWorker = signal<ServiceWorker | null>(null);
export const persisted = signal(false);

export function startShell(): void {
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    installPrompt.value = event as InstallPrompt;
  });
  addEventListener("appinstalled", () => (installed.value = true));
  if ("serviceWorker" in navigator) void registerWorker();
}

async function registerWorker(): Promise<void> {
  const registration = await navigator.serviceWorker.register("/mobile/sw.js", { scope: "/mobile/" }).catch(() => null);
  if (!registration) return;
  const look = (): void => void (waitingWorker.value = navigator.serviceWorker.controller ? registration.waiting : null);
  look();
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", look));
  document.addEventListener("visibilitychange", () => void registration.update().catch(() => undefined));
}

/** Uses the newer version. Everything is on the disk already, so this is the one moment when the page starts anew. */
export function useNewVersion(): void {
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  waitingWorker.value?.postMessage("activate");
}

export async function install(): Promise<void> {
  await installPrompt.value?.prompt();
  installPrompt.value = null;
}

/** Asks the browser not to clear this phone's store when room runs out. */
export async function askPersistence(): Promise<void> {
  persisted.value = (await navigator.storage?.persisted?.()) || (await navigator.storage?.persist?.()) || false;
}

/** Asks the browser to wake the app for the queue when network comes back, where it can. */
export async function askBackgroundSync(): Promise<void> {
  const registration = await navigator.serviceWorker?.ready;
  const sync = (registration as { sync?: { register(tag: string): Promise<void> } } | undefined)?.sync;
  await sync?.register("send").catch(() => undefined);
}
