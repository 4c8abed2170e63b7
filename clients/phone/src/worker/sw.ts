/**
 * Keeps the app's own files, so that it starts without network. It never touches the API and never sees a job:
 * what the surveyor writes is encrypted in the page and posted by the page.
 */
declare const self: ServiceWorkerGlobalScope;
declare const __PRECACHE__: string[];
declare const __VERSION__: string;

const CACHE = `mobile-${__VERSION__}`;
const SCOPE = "/mobile/";

interface SyncEvent extends ExtendableEvent {
  tag: string;
}

self.addEventListener("install", (event) => event.waitUntil(keepFiles()));
self.addEventListener("activate", (event) => event.waitUntil(dropOld()));
self.addEventListener("fetch", (event) => answer(event));
self.addEventListener("message", (event) => {
  if (event.data === "activate") void self.skipWaiting();
});
self.addEventListener("sync", (event) => (event as SyncEvent).waitUntil(wakePages()));

async function keepFiles(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll(__PRECACHE__.map((file) => new Request(SCOPE + file, { cache: "reload" })));
}

async function dropOld(): Promise<void> {
  const old = (await caches.keys()).filter((name) => name.startsWith("mobile-") && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

function answer(event: FetchEvent): void {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== self.location.origin) return;
  if (!address.pathname.startsWith(SCOPE)) return;
  event.respondWith(fromCache(event.request));
}

async function fromCache(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  const wanted = request.mode === "navigate" ? SCOPE : request;
  return (await cache.match(wanted, { ignoreSearch: true })) ?? fetch(request);
}

/** Only an open, unlocked page can send: the keys live nowhere else. */
async function wakePages(): Promise<void> {
  for (const page of await self.clients.matchAll({ type: "window" })) page.postMessage("send");
}

export {};
