/** Shows what a push says with no page open, and opens the page behind it when it is touched. */
declare const self: ServiceWorkerGlobalScope;

interface Said {
  title?: string;
  url?: string;
}

self.addEventListener("install", () => void self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("push", (event) => event.waitUntil(show(read(event.data))));
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data as Said));
});

function read(data: PushMessageData | null): Said {
  try {
    return (data?.json() ?? {}) as Said;
  } catch {
    return {};
  }
}

/** Browsers demand that every push shows something. */
async function show(said: Said): Promise<void> {
  await self.registration.showNotification(said.title || "Allonce", { icon: "/icon.svg", data: said, tag: said.url || "notice" });
}

/** Only pages of our own are opened, whatever the message says. */
async function open(said: Said): Promise<void> {
  const url = new URL(said.url || "/me/notices/", self.location.origin);
  const ours = url.origin === self.location.origin ? url.href : `${self.location.origin}/me/notices/`;
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const page = pages.find((each) => each.url === ours);
  await (page ? page.focus() : self.clients.openWindow(ours));
}

export {};
