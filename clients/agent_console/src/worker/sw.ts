/**
 * Rings with the page closed, and says so where there is no network. A push says that something is there and in which conversation, never who or what; the page
 * that opens asks the server for the rest.
 */
import { t } from "../i18n/t.ts";

declare const self: ServiceWorkerGlobalScope;

const INBOX = "/chat/inbox/";
const KEPT = "chat-offline";
const OFFLINE = "/static/agent_console/offline.html";
const ICON = "/static/agent_console/icon-192.png";
const BADGE = "/static/agent_console/badge-96.png";

interface Pushed {
  t?: string;
  conv?: string;
  until?: string;
}

interface Shown extends NotificationOptions {
  actions?: { action: string; title: string }[];
  renotify?: boolean;
  vibrate?: number[] | undefined;
}

self.addEventListener("install", (event) => event.waitUntil(keepOffline()));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate" && new URL(request.url).pathname === INBOX) event.respondWith(pageOr(request));
});
self.addEventListener("push", (event) => event.waitUntil(show(readPush(event.data))));
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data as Pushed, event.action));
});
self.addEventListener("message", (event) => {
  const said = event.data as Pushed;
  if (said?.t === "done" && said.conv) event.waitUntil(withdraw(said.conv));
});

/** Nothing of the console itself is kept: without network there is only a page that says so. */
async function keepOffline(): Promise<void> {
  await (await caches.open(KEPT)).add(new Request(OFFLINE, { cache: "reload" }));
  await self.skipWaiting();
}

async function pageOr(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match(OFFLINE)) ?? Response.error();
  }
}

function readPush(data: PushMessageData | null): Pushed {
  try {
    return (data?.json() ?? {}) as Pushed;
  } catch {
    return {};
  }
}

async function show(said: Pushed): Promise<void> {
  const [title, options] = wordsFor(said);
  // Somebody who looks at the page sees and hears it there.
  const silent = (await self.clients.matchAll({ type: "window" })).some((page) => page.focused);
  await self.registration.showNotification(title, { icon: ICON, badge: BADGE, data: said, ...options, ...(silent ? { silent, vibrate: undefined } : {}) } as Shown);
}

function wordsFor(said: Pushed): [string, Shown] {
  if (said.t === "ring") {
    const actions = [{ action: "accept", title: t("ring.accept") }, { action: "open", title: t("push.look") }];
    const ring = { tag: `c-${said.conv}`, renotify: true, requireInteraction: true, vibrate: [300, 120, 300, 120, 600] };
    return [t("push.ring"), { body: t("push.ring.body"), actions, ...ring }];
  }
  if (said.t === "hot") return [t("push.hot"), { body: t("push.hot.body"), tag: `c-${said.conv}` }];
  if (said.t === "extend") return [t("push.extend"), { body: t("push.extend.body"), tag: "extend" }];
  return [t("push.other"), { tag: "other" }];
}

/** An open page is told; without one, one is opened at the right place. */
async function open(said: Pushed, action: string): Promise<void> {
  const what = said.t === "extend" ? "extend" : action === "accept" ? "accept" : "open";
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const page = pages.find((each) => new URL(each.url).pathname === INBOX);
  if (!page) return void (await self.clients.openWindow(addressFor(said, what)));
  await page.focus().catch(() => undefined);
  page.postMessage({ t: what, conv: said.conv });
}

function addressFor(said: Pushed, what: string): string {
  if (what === "extend") return `${INBOX}#/me`;
  const place = said.conv ? `#/c/${encodeURIComponent(said.conv)}` : "";
  return `${INBOX}${place}${place && what === "accept" ? "/accept" : ""}`;
}

/** Somebody took it: the notification would ring for nothing. */
async function withdraw(conv: string): Promise<void> {
  for (const shown of await self.registration.getNotifications({ tag: `c-${conv}` })) shown.close();
}

export {};
