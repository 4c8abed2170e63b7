/** What an address asks for when the console opens: a conversation, and perhaps to accept it at once. */
import { effect } from "@preact/signals";
import { api } from "../api/client.ts";
import { accept } from "./actions.ts";
import { openId, replace, route } from "./router.ts";
import { missing } from "./missing.ts";
import { teamOpen } from "./panes.ts";
import { peekConv, put } from "./store.ts";

export function startWelcome(): void {
  effect(() => {
    const [first, id, verb] = route.value;
    if (first === "me") {
      replace();
      teamOpen.value = true;
    }
    if (first !== "c" || !id || verb !== "accept") return;
    replace("c", id);
    void accept(id);
  });
  effect(() => {
    if (openId.value && !peekConv(openId.value)) void look(openId.value);
  });
}

/** A conversation that the snapshot did not hold: an old one, or none of ours. */
async function look(id: string): Promise<void> {
  try {
    put(await api.conversation(id));
  } catch {
    missing.value = new Set([...missing.peek(), id]);
  }
}
