import { Problem } from "../protocol/http.ts";
import type { Texts } from "../texts.ts";
import { h, write } from "./dom.ts";

/** A form that sends once, says what went wrong beside its button, and what came of it in its own place. */
export function asking(given: {
  texts: Texts;
  send: string;
  parts: (Node | string | false)[];
  /** false where something is missing */
  check: () => boolean;
  act: () => Promise<void>;
  done: () => (Node | string)[];
}): HTMLFormElement {
  const said = h("p", { class: "error", role: "alert" });
  const button = h("button", { class: "button" }, given.send);
  const form: HTMLFormElement = h("form", { class: "asking", novalidate: true }, ...given.parts, said, button);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (button.disabled || !given.check()) return;
    button.disabled = true;
    given.act().then(
      () => {
        const told = h("div", { class: "told", tabindex: -1, role: "status" }, ...given.done());
        form.replaceWith(told);
        told.focus();
      },
      (error: unknown) => {
        button.disabled = false;
        write(said, (error instanceof Problem && error.message) || given.texts.say("later_failed"));
      },
    );
  });
  return form;
}
