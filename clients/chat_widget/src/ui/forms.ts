import { leave, tell } from "../actions.ts";
import type { Chat } from "../chat.ts";
import type { Details } from "../kept.ts";
import { newId } from "../protocol/ids.ts";
import type { Texts } from "../texts.ts";
import { asking } from "./asking.ts";
import { complete, emailFault } from "./checks.ts";
import { fill, h } from "./dom.ts";
import { field } from "./field.ts";
import { kept, optional } from "./prechat.ts";
import { textUs } from "./texting.ts";

/** For when nobody is there: a message that becomes a lead. */
export function offline(chat: Chat, texts: Texts): HTMLElement {
  const given = chat.keeper.kept.details ?? {};
  const { merchant } = chat.config;
  const text = kept(field(texts.say("message"), { rows: 3, most: 4000 }), chat.keeper.kept.draft);
  const name = kept(field(optional(texts, "later_name_field"), { complete: "name" }), given.name);
  const email = kept(field(texts.say("later_email_field"), { type: "email", complete: "email" }), given.email);
  const phone = field(optional(texts, "later_phone_field"), { type: "tel", complete: "tel", hint: texts.say("later_phone_hint"), most: 40 });
  text.input.addEventListener("input", () => chat.keeper.set({ draft: text.input.value }));
  // One name for this message however often it is tried, so that it arrives once.
  const cid = newId();
  const details = (): Details => filled({ name: name.value(), email: email.value(), phone: phone.value() });
  const form = asking({
    texts,
    send: texts.say("later_offline_send"),
    parts: [h("p", {}, texts.say("later_offline_intro", { merchant })), text.whole, name.whole, email.whole, phone.whole],
    check: () =>
      complete([
        [text, text.value() ? "" : texts.say("later_need_message")],
        [email, emailFault(texts, email.value(), true)],
      ]),
    act: async () => {
      await leave(chat, text.value(), details(), cid);
      chat.keeper.set({ draft: "", details: filled({ name: name.value(), email: email.value() }) });
    },
    done: () => [
      h("p", { class: "strong" }, texts.say("later_offline_sent", { merchant })),
      h("p", {}, texts.say("later_offline_sent_more", { email: email.value() })),
      h("button", { class: "link", onclick: () => holder.replaceChildren(offline(chat, texts)) }, texts.say("later_offline_another")),
    ],
  });
  const holder = h("div", { class: "offline" }, form, chat.config.texting && textUs(chat, texts));
  return holder;
}

/** Where the answer goes when the visitor is gone. */
export function mailForm(chat: Chat, texts: Texts, done: () => void = () => undefined): HTMLElement {
  const email = kept(field(texts.say("later_email_field"), { type: "email", complete: "email" }), chat.keeper.kept.details?.email);
  const phone = field(optional(texts, "later_phone_field"), { type: "tel", complete: "tel", hint: texts.say("later_phone_hint"), most: 40 });
  return asking({
    texts,
    send: texts.say("later_mail_send"),
    parts: [h("p", {}, texts.say("later_mail_intro", { merchant: chat.config.merchant })), email.whole, phone.whole],
    check: () => complete([[email, emailFault(texts, email.value(), true)]]),
    act: async () => {
      await tell(chat, "contact", { ...filled({ email: email.value(), phone: phone.value() }) });
      done();
    },
    done: () => [h("p", { class: "strong" }, texts.say("later_mail_sent", { email: email.value() }))],
  });
}

/** The conversation by mail, after its end. */
export function transcriptForm(chat: Chat, texts: Texts): HTMLElement {
  const email = kept(field(texts.say("later_transcript_field"), { type: "email", complete: "email" }), chat.keeper.kept.details?.email);
  return asking({
    texts,
    send: texts.say("later_transcript_send"),
    parts: [email.whole],
    check: () => complete([[email, emailFault(texts, email.value(), true)]]),
    act: () => tell(chat, "end", { email_transcript: email.value() }),
    done: () => [h("p", {}, texts.say("later_transcript_sent", { email: email.value() }))],
  });
}

/** One to five stars and a word. */
export function ratingForm(chat: Chat, texts: Texts): HTMLElement {
  const star = (count: number): HTMLElement => {
    const input = h("input", { type: "radio", name: "stars", value: count, id: `star${count}`, "aria-label": texts.say("later_stars", { count }) });
    return h("label", { for: `star${count}` }, input, h("span", { "aria-hidden": "true" }, "★"));
  };
  const stars = h("fieldset", { class: "stars" }, h("legend", {}, texts.say("later_rate")), ...[1, 2, 3, 4, 5].map(star));
  const chosen = (): number => Number(stars.querySelector<HTMLInputElement>("input:checked")?.value ?? 0);
  const text = field(optional(texts, "later_rate_text"), { rows: 2, most: 1000 });
  return asking({
    texts,
    send: texts.say("later_rate_send"),
    parts: [stars, text.whole],
    check: () => chosen() > 0 || (stars.querySelector("input")?.focus(), false),
    act: () => tell(chat, "rate", { stars: chosen(), ...(text.value() && { text: text.value() }) }),
    done: () => [h("p", {}, texts.say("later_rate_sent", { merchant: chat.config.merchant }))],
  });
}

/** What is shown in place of the field for messages once the chat is over. */
export function ended(chat: Chat, texts: Texts): HTMLElement {
  const anew = h("button", { class: "button", onclick: () => chat.renew() }, texts.say("later_new"));
  const whole = h("div", { class: "ended" });
  fill(whole, h("p", { class: "strong" }, texts.say("closed")), ratingForm(chat, texts), transcriptForm(chat, texts), anew);
  return whole;
}

function filled(details: Record<string, string>): Details {
  return Object.fromEntries(Object.entries(details).filter(([, value]) => value !== ""));
}

/** Nobody answers: the answer may come by mail. */
export function mailOffer(chat: Chat, texts: Texts): HTMLElement {
  const words = h("summary", {}, texts.say("later_mail_offer"));
  return h("details", { open: chat.standing === "mail" }, words, mailForm(chat, texts));
}
