/** Translation, where the installation has a service for it; without one nothing of it is shown. */
import { signal } from "@preact/signals";
import { api } from "../api/client.ts";
import { complain } from "./actions.ts";

export const translates = signal(false);

export async function startTranslate(): Promise<void> {
  const answer = await api.translate("", "").catch(() => null);
  translates.value = answer?.available ?? false;
}

export async function translated(text: string, to: string): Promise<string | null> {
  try {
    return (await api.translate(text, to)).text;
  } catch (error) {
    complain(error);
    return null;
  }
}
