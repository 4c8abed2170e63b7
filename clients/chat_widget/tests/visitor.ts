/** A visitor without a screen: the chat itself, its tab's storage, and what would be shown. */
import { Chat } from "../src/chat.ts";
import type { Message } from "../src/model.ts";
import type { Config } from "../src/config.ts";
import { Keeper } from "../src/kept.ts";
import { HURRIED, type Server } from "./server.ts";

export const CONFIG: Config = {
  key: "demo",
  m: "",
  online: true,
  merchant: "Fenwick Cars",
  logo: "",
  notice: "",
  notice_url: "",
  greeting: "",
  prechat: { ask_name: false, ask_email: false, required: false },
  theme: { theme: "auto", colour: "#1a5fb4" },
  language: "en",
  texts: {},
  texting: true,
  max_file: 1000,
};

export class Tab {
  readonly items = new Map<string, string>();

  /** What a page sees of it, until that page is gone: then nothing of its comes here any more. */
  storage(gone: () => boolean = () => false): Storage {
    return {
      getItem: (name: string) => this.items.get(name) ?? null,
      setItem: (name: string, value: string) => void (gone() || this.items.set(name, value)),
      removeItem: (name: string) => void this.items.delete(name),
    } as Storage;
  }
}

export class Visitor {
  readonly chat: Chat;
  cleared = 0;
  #gone = false;

  constructor(server: Server, tab: Tab | undefined) {
    const storage = (): Storage => {
      if (!tab) throw new DOMException("refused", "SecurityError");
      return tab.storage(() => this.#gone);
    };
    const heard = { message: () => undefined, state: () => undefined, cleared: () => void (this.cleared += 1) };
    this.chat = new Chat(CONFIG, new Keeper("k", storage), heard, "/w/demo/", server.fetch, HURRIED);
    this.chat.begin();
  }

  say(text: string): void {
    this.chat.say("text", { text });
  }

  /** The page is reloaded or closed, whatever was on its way. */
  leave(): void {
    this.#gone = true;
    this.chat.leave();
  }

  /** The words on the screen, in their order. */
  get words(): string[] {
    return this.shown.map((each) => String(each.body.text));
  }

  get shown(): Message[] {
    const order = (each: Message): number => each.seq || Infinity;
    return [...this.chat.messages.values()].sort((one, other) => (order(one) < order(other) ? -1 : Number(order(one) > order(other))));
  }
}
