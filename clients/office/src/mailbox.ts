// The demo mailbox: the list renews itself when a letter comes or changes; reading is not disturbed.
import "./office";
import "./styles/mailbox.css";

async function renew(): Promise<void> {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const selector of [".mailbox-list", ".mailbox-people", ".letter-head"]) {
    const [old, made] = [document.querySelector(selector), fresh.querySelector(selector)];
    if (old && made) old.replaceWith(document.adoptNode(made));
  }
}

function seen(): string {
  return document.querySelector<HTMLElement>("[data-live]")?.dataset["live"] ?? "";
}

new EventSource("/changes").addEventListener("message", (event: MessageEvent<string>) => {
  if (event.data !== seen()) void renew();
});
