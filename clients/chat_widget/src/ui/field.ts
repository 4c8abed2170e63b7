import { h, write } from "./dom.ts";

/** A labelled field with room for a hint and for what is wrong with it. */
export interface Field {
  whole: HTMLElement;
  input: HTMLInputElement | HTMLTextAreaElement;
  /** shows what is wrong, or that nothing is */
  complain: (words: string) => void;
  value: () => string;
}

let fields = 0;

export function field(label: string, given: { type?: string; hint?: string; complete?: string; most?: number; rows?: number }): Field {
  const id = `f${(fields += 1)}`;
  const common = { id, maxlength: given.most ?? 200, autocomplete: given.complete ?? "off", "aria-describedby": `${id}h ${id}e` };
  const input = given.rows ? h("textarea", { ...common, rows: given.rows }) : h("input", { ...common, type: given.type ?? "text" });
  const error = h("span", { class: "error", id: `${id}e` });
  const hint = h("span", { class: "hint", id: `${id}h` }, given.hint);
  const complain = (words: string): void => {
    write(error, words);
    if (words) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  };
  input.addEventListener("input", () => complain(""));
  const whole = h("div", { class: "field" }, h("label", { for: id }, label), hint, input, error);
  return { whole, input, complain, value: () => input.value.trim() };
}
