import { show } from "../actions.ts";
import type { Chat } from "../chat.ts";
import { Problem } from "../protocol/http.ts";
import type { Texts } from "../texts.ts";
import { h } from "./dom.ts";

const KINDS = "image/jpeg,image/png,image/webp,image/gif";

/** Let the visitor choose a picture and send it; `say` shows how that goes. */
export function choosePicture(chat: Chat, texts: Texts, say: (words: string) => void): void {
  const most = chat.config.max_file;
  const input = h("input", { type: "file", accept: KINDS });
  input.addEventListener("change", () => {
    const file = input.files?.[0];
    if (!file) return;
    if (!KINDS.split(",").includes(file.type)) say(texts.say("later_picture_kind"));
    else if (file.size > most) say(texts.say("later_picture_large", { size: Math.floor(most / 1048576) }));
    else void upload(chat, file, texts, say);
  });
  input.click();
}

async function upload(chat: Chat, file: File, texts: Texts, say: (words: string) => void): Promise<void> {
  say(texts.say("later_picture_sending"));
  try {
    await show(chat, file);
    say("");
  } catch (error) {
    say((error instanceof Problem && error.message) || texts.say("later_failed"));
  }
}
