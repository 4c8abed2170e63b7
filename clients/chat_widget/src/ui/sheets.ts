import { tell } from "../actions.ts";
import type { Chat } from "../chat.ts";
import type { Texts } from "../texts.ts";
import { asking } from "./asking.ts";
import { complete, emailFault } from "./checks.ts";
import { h, icon, write } from "./dom.ts";
import { field } from "./field.ts";
import { mailForm } from "./forms.ts";

/** A dialog over the chat: closes with Escape, its button or a choice, and gives the focus back by itself. */
export function sheet(texts: Texts, title: string, ...parts: (Node | string | false)[]): HTMLDialogElement {
  const close = h("button", { type: "button", class: "round", "aria-label": texts.say("later_back"), onclick: () => made.close() }, icon("close"));
  const head = h("div", { class: "row" }, h("h2", { id: "sheet" }, title), close);
  const made: HTMLDialogElement = h("dialog", { class: "sheet", "aria-labelledby": "sheet", onclose: () => made.remove() }, head, ...parts);
  document.body.append(made);
  made.showModal();
  return made;
}

/** What can be done with a conversation, besides talking. */
export function menu(chat: Chat, texts: Texts): void {
  const choice = (key: string, act: () => void): HTMLElement => {
    const chosen = (): void => {
      made.close();
      act();
    };
    return h("button", { type: "button", class: "choice", onclick: chosen }, texts.say(key));
  };
  const open = chat.standing !== "closed";
  const choices = [
    open && choice("later_mail_title", () => mailSheet(chat, texts)),
    open && choice("later_end", () => endSheet(chat, texts)),
    choice("later_stop", () => stopSheet(chat, texts)),
  ];
  const made = sheet(texts, texts.say("more"), ...choices);
}

export function mailSheet(chat: Chat, texts: Texts): void {
  sheet(texts, texts.say("later_mail_title"), mailForm(chat, texts));
}

/** Before a visitor without an answer closes the chat: where may it go? Asked once. */
export function leaveSheet(chat: Chat, texts: Texts, close: () => void): void {
  const without = h("button", { type: "button", class: "link", onclick: () => made.close() }, texts.say("later_leave_close"));
  const given = (): void => write(without, texts.say("close"));
  const made = sheet(texts, texts.say("later_leave_title"), mailForm(chat, texts, given), without);
  made.addEventListener("close", close);
}

function endSheet(chat: Chat, texts: Texts): void {
  const email = field(`${texts.say("later_transcript_field")} (${texts.say("later_optional")})`, { type: "email", complete: "email" });
  const form = asking({
    texts,
    send: texts.say("later_end"),
    parts: [h("p", {}, texts.say("later_end_intro")), email.whole],
    check: () => complete([[email, emailFault(texts, email.value(), false)]]),
    act: async () => {
      await tell(chat, "end", email.value() ? { email_transcript: email.value() } : {});
      made.close();
    },
    done: () => [],
  });
  const keep = h("button", { type: "button", class: "link", onclick: () => made.close() }, texts.say("later_end_keep"));
  const made = sheet(texts, texts.say("later_end_title"), form, keep);
}

function stopSheet(chat: Chat, texts: Texts): void {
  const { merchant } = chat.config;
  const form = asking({
    texts,
    send: texts.say("later_stop_yes"),
    parts: [h("p", {}, texts.say("later_stop_intro", { merchant }))],
    check: () => true,
    act: () => tell(chat, "stop"),
    done: () => [h("p", { class: "strong" }, texts.say("later_stop_sent", { merchant }))],
  });
  sheet(texts, texts.say("later_stop_title"), form);
}
