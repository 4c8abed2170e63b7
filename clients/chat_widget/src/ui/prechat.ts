import type { Chat } from "../chat.ts";
import type { Texts } from "../texts.ts";
import { complete, emailFault } from "./checks.ts";
import { h } from "./dom.ts";
import { type Field, field } from "./field.ts";

export function optional(texts: Texts, label: string): string {
  return `${texts.say(label)} (${texts.say("later_optional")})`;
}

export function kept(field: Field, value: string | undefined): Field {
  field.input.value = value ?? "";
  return field;
}

/** The name and address that a placement asks for before the first message. */
export class Prechat {
  readonly whole: HTMLElement;
  readonly #name: Field | undefined;
  readonly #email: Field | undefined;
  readonly #chat: Chat;
  readonly #texts: Texts;

  constructor(chat: Chat, texts: Texts) {
    this.#chat = chat;
    this.#texts = texts;
    const { ask_name, ask_email, required } = chat.config.prechat;
    const { name, email } = chat.keeper.kept.details ?? {};
    const say = (label: string): string => (required ? texts.say(label) : optional(texts, label));
    if (ask_name) this.#name = kept(field(say("later_name_field"), { complete: "name" }), name);
    if (ask_email) this.#email = kept(field(say("later_email_field"), { type: "email", complete: "email", hint: texts.say("later_email_hint") }), email);
    this.whole = h("fieldset", {}, h("legend", {}, texts.say("later_prechat")), this.#name?.whole, this.#email?.whole);
  }

  /** Keeps what was told; false where something needed is missing. */
  ready(): boolean {
    if (this.whole.hidden) return true;
    const needed = this.#chat.config.prechat.required;
    const name = this.#name?.value() ?? "";
    const email = this.#email?.value() ?? "";
    const checks: [Field, string][] = [];
    if (this.#name) checks.push([this.#name, needed && !name ? this.#texts.say("later_need_name") : ""]);
    if (this.#email) checks.push([this.#email, emailFault(this.#texts, email, needed)]);
    if (!complete(checks)) return false;
    this.#chat.keeper.set({ details: { ...this.#chat.keeper.kept.details, ...(name && { name }), ...(email && { email }) } });
    return true;
  }
}
