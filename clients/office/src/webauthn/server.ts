// Asking our own server, in JSON, with the page's CSRF token.
export class Refused extends Error {}

export async function ask<Answer>(url: string, body: unknown = {}): Promise<Answer> {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrfToken() },
    body: JSON.stringify(body),
  });
  const said = await answer.json().catch(() => ({})) as { title?: string };
  if (!answer.ok) throw new Refused(said.title ?? "");
  return said as Answer;
}

/** Public pages name the token only in their forms, so that a mere visit sets no cookie. */
export function csrfToken(): string {
  const headers = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}") as Record<string, string>;
  const field = document.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]");
  return headers["X-CSRFToken"] ?? field?.value ?? "";
}
