import type { Chat } from "../chat.ts";
import type { Texts } from "../texts.ts";
import { h, icon, write } from "./dom.ts";

const LONGEST = 4000;

/** Where the visitor writes: Enter sends, Shift and Enter makes a new line. */
export class Composer {
  readonly whole: HTMLFormElement;
  readonly input: HTMLTextAreaElement;
  readonly #said = h("p", { class: "said", role: "status" });
  readonly #chat: Chat;
  readonly #texts: Texts;
  /** asked before a message goes out; false keeps it */
  readonly #ready: () => boolean;
  readonly #later: () => Promise<typeof import("./later.ts")>;

  constructor(chat: Chat, texts: Texts, ready: () => boolean, later: () => Promise<typeof import("./later.ts")>) {
    this.#later = later;
    this.#chat = chat;
    this.#texts = texts;
    this.#ready = ready;
    this.input = h("textarea", {
      id: "message",
      rows: 1,
      maxlength: LONGEST,
      dir: "auto",
      placeholder: texts.say("message_hint"),
      enterkeyhint: "send",
      oninput: () => this.#typed(),
      onkeydown: (event: KeyboardEvent) => this.#key(event),
    });
    this.input.value = chat.keeper.kept.draft ?? "";
    const picture = h("button", { type: "button", class: "round", "aria-label": texts.say("picture_add"), onclick: () => this.#choose() }, icon("picture"));
    const send = h("button", { class: "round full", "aria-label": texts.say("send") }, icon("send"));
    const label = h("label", { for: "message", class: "unseen" }, texts.say("message"));
    const row = h("div", { class: "row" }, label, chat.config.max_file > 0 && picture, this.input, send);
    this.whole = h("form", { class: "composer", onsubmit: (event: Event) => this.#submit(event) }, this.#said, row);
    this.#grow();
  }

  #submit(event: Event): void {
    event.preventDefault();
    const text = this.input.value.trim();
    if (text && this.#ready()) {
      this.#chat.say("text", { text });
      this.#set("");
      write(this.#said, "");
    }
    this.input.focus();
  }

  #key(event: KeyboardEvent): void {
    // While an input method composes, Enter chooses a word.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.whole.requestSubmit();
  }

  #typed(): void {
    this.#chat.type(this.input.value.trim() !== "");
    this.#chat.keeper.set({ draft: this.input.value });
    this.#grow();
  }

  #set(text: string): void {
    this.input.value = text;
    this.#chat.keeper.set({ draft: text });
    this.#chat.type(false);
    this.#grow();
  }

  #grow(): void {
    this.input.rows = Math.min(5, this.input.value.split("\n").length + Math.floor(this.input.value.length / 60));
  }

  #choose(): void {
    const say = (words: string): void => write(this.#said, words);
    if (this.#chat.token) void this.#later().then((parts) => parts.choosePicture(this.#chat, this.#texts, say));
    else say(this.#texts.say("picture_first"));
  }
}
