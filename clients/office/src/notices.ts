// The page on which somebody says how they are told: whether this browser may be woken.
import { ask, Refused } from "./webauthn/server";

const place = document.querySelector<HTMLElement>("[data-waking]");
if (place) void start(place);

type State = "on" | "off" | "blocked" | "unable" | "failed";

async function start(place: HTMLElement): Promise<void> {
  place.hidden = false;
  const registration = await registered(place);
  if (!registration) return show(place, "unable");
  button(place, "on").addEventListener("click", () => void switchOn(place, registration));
  button(place, "off").addEventListener("click", () => void switchOff(place, registration));
  if (Notification.permission === "denied") return show(place, "blocked");
  const held = await registration.pushManager.getSubscription().catch(() => null);
  show(place, held && Notification.permission === "granted" ? "on" : "off");
}

async function registered(place: HTMLElement): Promise<ServiceWorkerRegistration | null> {
  if (!("serviceWorker" in navigator) || !("PushManager" in window) || !("Notification" in window)) return null;
  return navigator.serviceWorker.register(place.dataset.worker ?? "").catch(() => null);
}

/** Asks the person, then the browser, then tells the server; what fails leaves everything as it was. */
async function switchOn(place: HTMLElement, registration: ServiceWorkerRegistration): Promise<void> {
  const allowed = await Notification.requestPermission();
  if (allowed !== "granted") return show(place, allowed === "denied" ? "blocked" : "off");
  try {
    const made = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: place.dataset.key ?? "" });
    await ask(place.dataset.url ?? "", { on: made.toJSON() });
    show(place, "on");
  } catch (error) {
    const held = await registration.pushManager.getSubscription().catch(() => null);
    await held?.unsubscribe().catch(() => undefined);
    show(place, "failed", error instanceof Refused ? error.message : "");
  }
}

async function switchOff(place: HTMLElement, registration: ServiceWorkerRegistration): Promise<void> {
  const held = await registration.pushManager.getSubscription();
  if (held) {
    await ask(place.dataset.url ?? "", { off: held.endpoint }).catch(() => undefined);
    await held.unsubscribe();
  }
  show(place, "off");
}

function show(place: HTMLElement, state: State, words = ""): void {
  const says = place.querySelector("[data-says]");
  if (says) says.textContent = words || (place.dataset[state] ?? "");
  button(place, "on").hidden = state !== "off" && state !== "failed";
  button(place, "off").hidden = state !== "on";
}

function button(place: HTMLElement, which: "on" | "off"): HTMLButtonElement {
  return place.querySelector<HTMLButtonElement>(`[data-switch-${which}]`)!;
}
