import type { Chat } from "../chat.ts";
import { VISITOR } from "../model.ts";
import type { Texts } from "../texts.ts";
import type { Listing } from "../messages.ts";
import { Composer } from "./composer.ts";
import { fill, h, icon, write } from "./dom.ts";
import { List } from "./list.ts";
import type { Prechat } from "./prechat.ts";


const LOST_SHOWN_MS = 2000;
const OFFER_MS = 30_000;

/** The whole chat on the screen. `close` is undefined on a page of its own, where there is nothing to close. */
export class View {
  readonly list: List;
  readonly #chat: Chat;
  readonly #texts: Texts;
  readonly #close: (() => void) | undefined;
  readonly #name = h("h1", {});
  readonly #standing = h("p", { class: "standing", role: "status" });
  readonly #face = h("span", { class: "face", "aria-hidden": "true" });
  readonly #more: HTMLElement;
  readonly #lost: HTMLElement;
  readonly #about = h("p", { class: "about", hidden: true });
  readonly #offer = h("div", { class: "offer", hidden: true });
  readonly #foot = h("div", { class: "foot-area" });
  readonly #intro = h("div", { class: "intro" });
  #prechat: Prechat | undefined;
  #shownFoot = "";
  #faced = "";
  #lostAt = 0;

  constructor(chat: Chat, texts: Texts, close: (() => void) | undefined) {
    this.#chat = chat;
    this.#texts = texts;
    this.#close = close;
    this.#introduce();
    this.list = new List(chat, texts, this.#intro);
    this.#lost = h("p", { class: "lost", role: "status" });
    this.#more = h("button", { class: "round", "aria-label": texts.say("more"), onclick: () => void this.#later().then((parts) => parts.menu(chat, texts)) }, icon("more"));
    const shut = close && h("button", { class: "round", "aria-label": texts.say("close"), onclick: () => this.leave() }, icon("close"));
    const words = h("div", { class: "words" }, this.#name, this.#standing);
    const head = h("header", {}, this.#face, words, this.#more, shut);
    fill(document.body, head, this.#lost, h("main", {}, this.list.whole, this.#offer, this.#foot));
    this.refresh();
  }

  /** Draws what has changed. */
  refresh(): void {
    this.#head();
    this.#connection();
    this.#foots();
    this.#offers();
    this.list.refresh();
  }

  /** The page or listing that this is about, as the agent sees it too. */
  about(listing: Listing | null): void {
    this.#about.hidden = !listing?.title;
    if (listing) write(this.#about, `${this.#texts.say("about")}: ${[listing.title, listing.price].filter(Boolean).join(", ")}`);
  }

  focus(): void {
    // A touch screen would cover the notice with its keyboard.
    const touch = matchMedia("(pointer: coarse)").matches;
    const first = touch ? null : document.querySelector<HTMLElement>("main input, main textarea");
    (first ?? this.list.whole).focus({ preventScroll: true });
  }

  /** Close, or first ask a visitor without an answer where it may go. */
  leave(): void {
    const { keeper, standing } = this.#chat;
    const open = standing === "waiting" || standing === "mail";
    if (!this.#close) return;
    if (!open || keeper.kept.asked || keeper.kept.details?.email) return this.#close();
    keeper.set({ asked: true });
    const close = this.#close;
    this.#later().then((parts) => parts.leaveSheet(this.#chat, this.#texts, close), close);
  }

  /** Anything of the other side that was not on the screen yet. */
  unread(since: number): number {
    return [...this.#chat.messages.values()].filter((each) => each.seq > since && each.from !== VISITOR && each.kind !== "system").length;
  }

  #introduce(): void {
    const { notice, notice_url, greeting } = this.#chat.config;
    const more = /^https?:\/\//i.test(notice_url) && h("a", { href: notice_url, target: "_blank", rel: "noopener noreferrer" }, this.#texts.say("notice_more"));
    const kept = !this.#chat.keeper.lasting && h("p", {}, this.#texts.say("not_kept"));
    const told = (notice || more || kept) && h("div", { class: "notice" }, notice && h("p", {}, notice), more, kept);
    const hello = greeting && h("div", { class: "message theirs" }, h("div", { class: "bubble", dir: "auto" }, greeting));
    fill(this.#intro, this.#about, told, hello);
  }

  #head(): void {
    const { config, agent, standing } = this.#chat;
    const name = agent?.name || config.merchant;
    write(this.#name, name);
    write(this.#standing, this.#words());
    this.#standing.dataset.online = String(standing === "active" || (standing === "fresh" && config.online));
    this.#more.hidden = !this.#chat.token;
    // Nobody's face yet: the merchant's own sign.
    const picture = agent?.name ? agent.picture : config.logo;
    const shown = `${name} ${picture ?? ""}`;
    if (shown === this.#faced) return;
    this.#faced = shown;
    fill(this.#face, picture ? h("img", { src: picture, alt: "" }) : name.slice(0, 1).toUpperCase());
  }

  #words(): string {
    const { standing, agent, config, typing } = this.#chat;
    if (typing) return this.#texts.say("typing", { name: agent?.name || config.merchant });
    if (standing === "fresh") return this.#texts.say(config.online ? "online" : "offline");
    if (standing === "active") return agent?.name ? config.merchant : this.#texts.say("online");
    return this.#texts.say({ waiting: "waiting", mail: "by_mail", closed: "closed" }[standing]);
  }

  /** A short break is nobody's concern. */
  #connection(): void {
    if (this.#chat.connected) this.#lostAt = 0;
    else this.#lostAt ||= Date.now();
    const lost = this.#lostAt > 0 && Date.now() - this.#lostAt >= LOST_SHOWN_MS;
    write(this.#lost, lost ? this.#texts.say("lost") : "");
    if (this.#lostAt && !lost) setTimeout(() => this.#connection(), LOST_SHOWN_MS);
  }

  #foots(): void {
    const { standing, config, messages } = this.#chat;
    const kind = standing === "closed" ? "ended" : standing === "fresh" && !config.online && messages.size === 0 ? "offline" : "writing";
    if (this.#prechat) this.#prechat.whole.hidden = kind !== "writing" || messages.size > 0;
    if (kind === this.#shownFoot) return;
    this.#shownFoot = kind;
    document.body.dataset.foot = kind;
    const settle = (foot: HTMLElement): void => {
      if (kind !== this.#shownFoot) return;
      fill(this.#foot, foot);
      this.list.toEnd();
      const nowhere = document.activeElement === document.body || document.activeElement === this.list.whole;
      if (nowhere && document.hasFocus()) this.focus();
    };
    const { ask_name, ask_email } = config.prechat;
    if (kind === "writing" && !ask_name && !ask_email) return settle(this.#composer());
    this.#later().then(
      (parts) => settle(kind === "writing" ? this.#asked(new parts.Prechat(this.#chat, this.#texts)) : parts[kind](this.#chat, this.#texts)),
      () => {
        this.#shownFoot = "";
        setTimeout(() => this.#foots(), LOST_SHOWN_MS);
      },
    );
  }

  #composer(): HTMLElement {
    return new Composer(this.#chat, this.#texts, () => !this.#prechat || this.#prechat.ready(), () => this.#later()).whole;
  }

  /** The field for messages, below what the placement asks before the first one. */
  #asked(prechat: Prechat): HTMLElement {
    this.#prechat?.whole.remove();
    this.#prechat = prechat;
    prechat.whole.hidden = this.#chat.messages.size > 0;
    this.#intro.append(prechat.whole);
    return this.#composer();
  }

  /** Nobody answers: the answer may come by mail. */
  #offers(): void {
    const { standing, keeper } = this.#chat;
    const wanted = (standing === "mail" || standing === "waiting") && !keeper.kept.details?.email;
    if (!wanted) {
      if (!this.#offer.querySelector(".told")) this.#offer.hidden = true;
    } else if (standing === "mail") this.#offerNow();
    else if (this.#offer.hidden) setTimeout(() => this.#chat.standing === "waiting" && this.#offerNow(), OFFER_MS);
  }

  #offerNow(): void {
    if (!this.#offer.hidden || this.#chat.keeper.kept.details?.email) return;
    this.#offer.hidden = false;
    void this.#later().then((parts) => fill(this.#offer, parts.mailOffer(this.#chat, this.#texts)));
  }

  async #later(): Promise<typeof import("./later.ts")> {
    await this.#texts.fetchLater();
    return import("./later.ts");
  }

  /** Fetches the rest of the app once the first paint is done. */
  prepare(): void {
    setTimeout(() => void this.#later().catch(() => undefined), 500);
  }
}
