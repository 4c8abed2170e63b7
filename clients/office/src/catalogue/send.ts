// Saving in the background: the answer, or the server's own words about what to mend.
import { tellSignedOut } from "../manners/expiry";
import { t } from "../manners/words";

export class Refused extends Error {}

function token(): string {
  const headers: Record<string, string> = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}");
  return headers["X-CSRFToken"] ?? "";
}

export async function send(url: string, body: BodyInit, type?: string): Promise<Record<string, unknown>> {
  const headers: Record<string, string> = { "X-CSRFToken": token(), Accept: "application/problem+json, application/json" };
  if (type) headers["Content-Type"] = type;
  const answer = await fetch(url, { method: "POST", headers, body });
  const found = await answer.json().catch(() => ({}));
  if (answer.status === 401) tellSignedOut();
  if (!answer.ok) throw new Refused(refusal(found));
  document.body.dispatchEvent(new CustomEvent("draft-changed"));
  return found;
}

function refusal(problem: { title?: string; fields?: Record<string, string> }): string {
  return Object.values(problem.fields ?? {})[0] ?? problem.title ?? t("That was not saved. Please try again.");
}
