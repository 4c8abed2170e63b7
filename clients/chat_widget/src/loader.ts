/*
 * What a foreign page runs: the button, the invitation, and the frame once somebody opens it.
 *
 * The page may have broken anything: so no loop over iterators, no spread, no JSON, no promise, no method of an array
 * or a string stands here, only indices, operators and the document's own methods.
 */
import { css, ground, inkOn, parse } from "./colour.ts";
import styles from "./loader.css?inline";
import { mayInvite, settled, viewed } from "./loader/governor.ts";
import { button, draw, make, shadow } from "./loader/parts.ts";
import type { Listing, Placement, ToFrame, ToLoader } from "./messages.ts";

declare const $allonce: Placement;

interface Api {
  open: (listing?: Listing) => void;
  close: () => void;
}

const FULL = "(max-width: 480px), (max-height: 400px)";
const placement = $allonce;
const { key, origin } = placement;
const script = document.currentScript;
const globals = window as unknown as { allonceChat?: Record<string, Api | (() => void)> };
const pages = (globals.allonceChat = globals.allonceChat || {});

/** The words in the visitor's language, which the server gives along. */
function say(name: string): string {
  return (placement.texts && placement.texts[`loader_${name}`]) || "";
}

function listingOf(element: Element | null): Listing | null {
  const get = (name: string): string => (element && element.getAttribute(`data-listing-${name}`)) || "";
  const found = { id: get("id"), title: get("title"), price: get("price"), url: get("url"), image: get("image") };
  return found.id || found.title ? found : null;
}

function start(): void {
  const { host, root } = shadow(styles);
  const top = make("div", root, `root ${placement.position || "bottom-right"} ${placement.size || ""} ${placement.theme || "auto"}`);
  const frames: Record<string, HTMLIFrameElement> = {};
  const own = listingOf(script);
  const search = placement.m ? `?m=${encodeURIComponent(placement.m)}` : "";
  let listing = own;
  let shown: HTMLIFrameElement | undefined;
  let back: HTMLElement | null = null;
  let unread = 0;
  let online = placement.online;
  // Frames that have said that they listen; a word before that would go to an empty page.
  const ready: Record<string, boolean> = {};

  top.lang = placement.language || "en";
  top.dir = placement.direction || "ltr";
  const accent = ground(parse(placement.colour || ""));
  top.style.setProperty("--accent", css(accent));
  top.style.setProperty("--on-accent", css(inkOn(accent)));

  const launch = button(top, "launch", "", () => (shown ? close() : open(search, own)));
  const card = make("div", top, "card");
  const panel = make("div", top, "panel");
  card.hidden = panel.hidden = true;
  panel.setAttribute("role", "dialog");
  panel.setAttribute("aria-label", say("panel"));
  const edge = (): void => {
    const made = make("span", panel, "edge");
    made.tabIndex = 0;
    // Where the panel covers the page, the focus does not walk under it.
    made.addEventListener("focus", () => shown && shown.focus());
  };
  edge();
  const place = make("div", panel);
  place.style.setProperty("height", "100%");
  edge();

  function label(): void {
    const words = shown ? say("close") : online ? placement.label || say("label") : placement.offline_label || say("offline");
    const state = online ? say("online") : say("away");
    launch.textContent = "";
    draw(launch, shown ? "close" : placement.icon || "bubble");
    make("span", launch, "label", words);
    if (!shown) make("span", launch, "dot");
    if (!shown && unread) make("span", launch, "count", `${unread}`);
    launch.title = shown ? words : unread ? `${say("unread")}: ${unread}` : state;
    launch.className = online ? "launch on" : "launch";
    launch.setAttribute("aria-expanded", shown ? "true" : "false");
    if (shown) top.classList.add("open");
    else top.classList.remove("open");
  }

  function tell(frame: HTMLIFrameElement, words: ToFrame): void {
    if (frame.contentWindow) frame.contentWindow.postMessage(words, origin);
  }

  function show(frame: HTMLIFrameElement): void {
    const page = { url: location.href, title: document.title, referrer: document.referrer };
    tell(frame, { allonce: 1, t: "shown", page, listing, full: matchMedia(FULL).matches });
  }

  /** The frame of one Merchant; made when it is first opened, kept so that nothing said in it is lost. */
  function frameOf(asked: string): HTMLIFrameElement {
    const known = frames[asked];
    if (known) return known;
    const made = document.createElement("iframe");
    made.title = say("panel");
    made.src = `${origin}/w/${key}/frame${asked}`;
    made.referrerPolicy = "origin";
    place.appendChild(made);
    frames[asked] = made;
    return made;
  }

  function open(asked: string, about: Listing | null): void {
    if (!host.isConnected) document.body.appendChild(host);
    if (!shown) back = document.activeElement === host ? launch : (document.activeElement as HTMLElement | null);
    card.hidden = true;
    panel.hidden = false;
    if (shown) shown.hidden = true;
    listing = about;
    unread = 0;
    shown = frameOf(asked);
    shown.hidden = false;
    panel.setAttribute("aria-modal", `${matchMedia(FULL).matches}`);
    label();
    settled(key);
    fit();
    shown.focus();
    if (ready[asked]) show(shown);
  }

  function close(): void {
    if (!shown) return;
    panel.hidden = true;
    tell(shown, { allonce: 1, t: "hidden" });
    shown = undefined;
    label();
    (back && back.isConnected && back !== document.body ? back : launch).focus();
  }

  /** Above a phone's keyboard, which covers fixed elements but shrinks what is seen. */
  function fit(): void {
    const seen = window.visualViewport;
    const full = seen && shown && matchMedia(FULL).matches;
    panel.style.setProperty("height", full ? `${seen.height}px` : "");
    panel.style.setProperty("top", full ? `${seen.offsetTop}px` : "");
  }

  function hear(event: MessageEvent<ToLoader>): void {
    const said = event.data;
    if (event.origin !== origin || !said || said.allonce !== 1) return;
    for (const asked in frames) {
      const frame = frames[asked];
      if (frame instanceof HTMLIFrameElement && frame.contentWindow === event.source) answer(asked, frame, said);
    }
  }

  function answer(asked: string, frame: HTMLIFrameElement, said: ToLoader): void {
    if (said.t === "ready") {
      ready[asked] = true;
      if (frame === shown) show(frame);
    }
    if (said.t === "close" && frame === shown) close();
    if (said.t === "online") online = said.on;
    if (said.t === "unread" && frame !== shown) unread = said.count;
    label();
  }

  function invite(): void {
    const invitation = placement.dropin;
    if (!invitation || !online) return;
    viewed(key, invitation, Date.now());
    setTimeout(() => {
      if (shown || document.hidden || !mayInvite(key, invitation)) return;
      card.setAttribute("role", "status");
      make("p", card, "", invitation.text || say("accept"));
      const choices = make("div", card);
      button(choices, "yes", say("accept"), () => open(search, own));
      button(choices, "no", say("dismiss"), () => {
        card.hidden = true;
        settled(key);
        launch.focus();
      });
      card.hidden = false;
    }, invitation.delay * 1000);
  }

  /** A plain link to this placement's full page opens the chat here instead, about the link's own listing. */
  function follow(event: MouseEvent): void {
    let at = event.target as Element | null;
    while (at && at.nodeName !== "A") at = at.parentElement;
    const link = at as HTMLAnchorElement | null;
    const plain = !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!link || !plain || link.origin !== origin || link.pathname !== `/w/${key}/open`) return;
    event.preventDefault();
    open(link.search, listingOf(link) || own);
  }

  panel.addEventListener("keydown", (event) => event.key === "Escape" && close());
  window.addEventListener("message", hear);
  document.addEventListener("click", follow);
  if (window.visualViewport) {
    window.visualViewport.addEventListener("resize", fit);
    window.visualViewport.addEventListener("scroll", fit);
  }
  label();
  launch.hidden = !!script && script.getAttribute("data-button") === "none";
  document.body.appendChild(host);
  invite();
  const api: Api = { open: (about) => open(search, about || own), close };
  pages[key] = api;
  pages.open = pages.open || api.open;
  pages.close = pages.close || api.close;
}

if (!pages[key]) {
  if (document.body) start();
  else document.addEventListener("DOMContentLoaded", start);
}
