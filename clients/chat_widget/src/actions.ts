import type { Chat } from "./chat.ts";
import type { Details } from "./kept.ts";

/** Leave a message where nobody is there; `cid` is the same for each try. Raises Problem. */
export async function leave(chat: Chat, text: string, details: Details, cid: string): Promise<void> {
  await chat.request("offline", { ...chat.context(), ...details, text, may_answer: true, cid });
}

/** Upload a picture, then say that it is there. Raises Problem. */
export async function show(chat: Chat, file: File): Promise<void> {
  const form = new FormData();
  form.append("token", chat.token ?? "");
  form.append("file", file);
  const told = await chat.request<Record<string, unknown>>("file", form, 120_000);
  chat.say("picture", { alt: "", ...told });
}

/** One of contact, rate, end and stop of this conversation. Raises Problem. */
export async function tell(chat: Chat, verb: "contact" | "rate" | "end" | "stop", given: Record<string, unknown> = {}): Promise<void> {
  await chat.request(verb, { token: chat.token, ...given });
  if (verb === "contact") chat.keeper.set({ details: { ...chat.keeper.kept.details, ...given } });
  if (verb === "end") chat.stand("closed");
}

/** The business's number, and the address that opens a text message to it; it remembers the page. Raises Problem. */
export function numberToText(chat: Chat): Promise<{ number: string; uri: string }> {
  return chat.request("text", chat.context());
}
