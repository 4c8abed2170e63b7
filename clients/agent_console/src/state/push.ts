/** Being woken with the page closed: the service worker and this browser's subscription. */
import { signal } from "@preact/signals";
import { api } from "../api/client.ts";
import { t } from "../i18n/t.ts";
import { say } from "../ui/toast.tsx";
import { accept, complain } from "./actions.ts";
import { teamOpen } from "./panes.ts";
import { go } from "./router.ts";

export type Waking = "unknown" | "unable" | "off" | "blocked" | "on" | "asking";

export const waking = signal<Waking>("unknown");

const SCRIPT = "/chat/sw.js";
const SCOPE = "/chat/";

/** Registers the worker and renews a subscription that stands. Never asks for anything: only a click does. */
export async function startPush(): Promise<void> {
  if (!("serviceWorker" in navigator)) return void (waking.value = "unable");
  navigator.serviceWorker.addEventListener("message", onMessage);
  const registration = await navigator.serviceWorker.register(SCRIPT, { scope: SCOPE }).catch(() => null);
  if (!registration || !("PushManager" in window) || !("Notification" in window)) return void (waking.value = "unable");
  if (Notification.permission === "denied") return void (waking.value = "blocked");
  const held = await registration.pushManager.getSubscription().catch(() => null);
  waking.value = held && Notification.permission === "granted" ? "on" : "off";
  // The browser may have renewed it while no page was open.
  if (held) await api.keepPush(held.toJSON()).catch(() => undefined);
}

/** Called by a click: asks the person, then the browser, then tells the server. */
export async function switchOn(): Promise<void> {
  waking.value = "asking";
  if ((await Notification.requestPermission()) !== "granted") {
    waking.value = Notification.permission === "denied" ? "blocked" : "off";
    return;
  }
  try {
    await subscribe();
    waking.value = "on";
    say(t("push.is_on"));
  } catch (error) {
    waking.value = "off";
    if (error instanceof DOMException) say(t("push.failed"));
    else complain(error);
  }
}

export async function switchOff(): Promise<void> {
  const held = await (await navigator.serviceWorker.ready).pushManager.getSubscription();
  if (held) {
    await api.dropPush(held.endpoint).catch(complain);
    await held.unsubscribe();
  }
  waking.value = "off";
}

async function subscribe(): Promise<void> {
  const registration = await navigator.serviceWorker.ready;
  const { key } = await api.pushKey();
  const made = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  await api.keepPush(made.toJSON());
}

/** A notification was touched while this page was open. */
function onMessage(event: MessageEvent): void {
  const said = event.data as { t?: string; conv?: string };
  if (said?.t === "accept" && said.conv) void accept(said.conv);
  else if (said?.t === "open" && said.conv) go("c", said.conv);
  else if (said?.t === "extend") (teamOpen.value = true);
}
