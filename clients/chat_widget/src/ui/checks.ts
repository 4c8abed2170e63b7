import type { Texts } from "../texts.ts";
import type { Field } from "./field.ts";

/** Says beside each field what it still needs, and goes to the first such field. True when nothing is missing. */
export function complete(checks: [Field, string][]): boolean {
  const wrong = checks.filter(([, words]) => words !== "");
  for (const [field, words] of checks) field.complain(words);
  wrong[0]?.[0].input.focus();
  return wrong.length === 0;
}

/** What is wrong with an email address, or "". */
export function emailFault(texts: Texts, value: string, needed: boolean): string {
  if (value === "") return needed ? texts.say("later_need_email") : "";
  return /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(value) ? "" : texts.say("later_bad_email");
}
