/** Choosing a picture: looked at once more before it is sent. */
import { isTooLarge } from "./enclosed.ts";
import { element } from "./page.ts";

export interface ChoosingWays {
  send: (file: File) => void;
  tooLarge: () => void;
}

export function offerPictures(ways: ChoosingWays): void {
  const input = element<HTMLInputElement>("chat-file");
  const shown = element<HTMLImageElement>("draft-picture");
  let chosen: File | null = null;

  function choose(file: File | null): void {
    if (shown.src) URL.revokeObjectURL(shown.src);
    chosen = file;
    if (file) shown.src = URL.createObjectURL(file);
    else shown.removeAttribute("src");
    element("chat-draft").hidden = !file;
    element("chat-write").hidden = Boolean(file);
    element(file ? "draft-send" : "chat-picture").focus();
  }

  element("chat-picture").addEventListener("click", () => input.click());
  input.addEventListener("change", () => {
    const file = input.files?.[0];
    input.value = "";
    if (file && isTooLarge(file)) ways.tooLarge();
    else if (file) choose(file);
  });
  element("draft-cancel").addEventListener("click", () => choose(null));
  element("chat-draft").addEventListener("keydown", (event) => event.key === "Escape" && choose(null));
  element("draft-send").addEventListener("click", () => {
    const file = chosen;
    choose(null);
    if (file) ways.send(file);
  });
}
