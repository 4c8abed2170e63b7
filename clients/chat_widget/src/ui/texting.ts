import { numberToText } from "../actions.ts";
import type { Chat } from "../chat.ts";
import type { Texts } from "../texts.ts";
import { asking } from "./asking.ts";
import { h } from "./dom.ts";

/** For visitors who would rather write from their phone: what that means first, then the number. */
export function textUs(chat: Chat, texts: Texts): HTMLElement {
  const { merchant } = chat.config;
  let found = { number: "", uri: "" };
  const form = asking({
    texts,
    send: texts.say("later_text_show"),
    parts: [h("p", {}, texts.say("later_text_consent", { merchant }))],
    check: () => true,
    act: async () => {
      found = await numberToText(chat);
    },
    done: () => [
      h("p", {}, texts.say("later_text_number"), " ", h("strong", { dir: "ltr" }, found.number)),
      h("a", { class: "link", href: found.uri, target: "_top" }, texts.say("later_text_open")),
    ],
  });
  return h("details", { class: "texting" }, h("summary", {}, texts.say("later_text_offer")), form);
}
