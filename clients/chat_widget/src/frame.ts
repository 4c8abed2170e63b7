import "./frame.css";
import { Chat } from "./chat.ts";
import { css, ground, inkOn, parse, readable } from "./colour.ts";
import type { Config } from "./config.ts";
import { Keeper } from "./kept.ts";
import type { Listing, ToFrame, ToLoader } from "./messages.ts";
import { Texts } from "./texts.ts";
import { View } from "./ui/view.ts";

const STALE_MS = 60_000;
// The grounds of what others say: what reads there reads on the page too.
const SURFACES = { light: "#eef0f2", dark: "#252e37" };

const config = JSON.parse(document.getElementById("config")!.textContent!) as Config;
const texts = new Texts(config.texts, config.language);
const framed = window.parent !== window;
const begun = Date.now();
let host = "";
let shown = !framed;
let seen = 0;

const dark = matchMedia("(prefers-color-scheme: dark)");
dress(config);
dark.addEventListener("change", () => dress(config));
const keeper = new Keeper(`allonce-chat:${config.key}:${config.m}`, () => sessionStorage);
followLink();
const base = location.pathname.replace(/[^/]*$/, "");
const chat = new Chat(config, keeper, { message, state, cleared }, base, (address, init) => fetch(address, init));
chat.page = { url: location.href, title: document.title, referrer: document.referrer };
chat.listing = ownListing();
const view = new View(chat, texts, framed ? () => tell({ allonce: 1, t: "close" }) : undefined);
view.about(chat.listing);
chat.begin();

window.addEventListener("message", hear);
window.addEventListener("online", () => chat.nudge());
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") chat.nudge();
  look();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector("dialog[open]")) view.leave();
});
window.addEventListener("focus", look);
tell({ allonce: 1, t: "ready" });
tell({ allonce: 1, t: "online", on: config.online });
view.prepare();
if (!framed) view.focus();

function message(changed: { state: string; from: string }): void {
  view.list.put(changed as never);
  if (changed.state === "sent") look();
  view.refresh();
}

function state(): void {
  view.refresh();
}

function cleared(): void {
  seen = 0;
  view.list.clear();
  view.refresh();
}

/** What is on the screen of somebody who looks is read; the rest is counted on the button. */
function look(): void {
  if (shown && document.visibilityState === "visible") {
    seen = chat.last;
    chat.read();
  }
  tell({ allonce: 1, t: "unread", count: view.unread(seen) });
}

/** Only the page that shows this frame is heard, always under the same origin, and only about its own address. */
function hear(event: MessageEvent<ToFrame>): void {
  if (!framed || event.source !== window.parent || event.data?.allonce !== 1) return;
  if (host && event.origin !== host) return;
  host ||= event.origin;
  if (event.data.t === "hidden") {
    shown = false;
    return;
  }
  if (event.data.t !== "shown") return;
  if (chat.standing === "fresh" && !keeper.kept.draft && Date.now() - begun > STALE_MS) return location.reload();
  const { page, listing, full } = event.data;
  if (originOf(page.url) === host) chat.page = page;
  if (listing) chat.listing = listing;
  document.body.dataset.full = String(full);
  view.about(chat.listing);
  shown = true;
  view.list.toEnd();
  view.focus();
  look();
}

function tell(words: ToLoader): void {
  // Nothing of what is said is in here, so that any page may hear it; before its first word it has no known origin.
  if (framed) window.parent.postMessage(words, host || "*");
}

function originOf(address: string): string {
  try {
    return new URL(address).origin;
  } catch {
    return "";
  }
}

/** A mail's link leads back into its conversation. Whoever has it is the visitor, so that it does not stay in the address. */
function followLink(): void {
  const token = /^#t=([0-9a-f]{32}\.[0-9a-f]{64})$/.exec(location.hash)?.[1];
  if (framed || !token) return;
  keeper.enter(token);
  if (keeper.lasting) history.replaceState(null, "", location.pathname + location.search);
}

/** A link in a mail or behind a QR code carries its listing in the address. */
function ownListing(): Listing | null {
  const given = new URLSearchParams(location.search);
  const get = (name: string): string => given.get(`listing-${name}`) ?? "";
  const found = { id: get("id"), title: get("title"), price: get("price"), url: get("url"), image: get("image") };
  return found.id || found.title ? found : null;
}

/** The placement's colour, moved as far as reading asks. */
function dress(asked: Config): void {
  const root = document.documentElement;
  const { theme, colour } = asked.theme;
  const shade = theme === "dark" || (theme !== "light" && dark.matches) ? "dark" : "light";
  const surface = parse(SURFACES[shade]);
  const accent = ground(parse(colour));
  root.lang = texts.language;
  root.dir = texts.direction;
  root.dataset.theme = shade;
  root.style.setProperty("--accent", css(accent));
  root.style.setProperty("--on-accent", css(inkOn(accent)));
  root.style.setProperty("--link", css(readable(parse(colour), surface)));
  document.title = texts.say("title", { merchant: asked.merchant });
}
