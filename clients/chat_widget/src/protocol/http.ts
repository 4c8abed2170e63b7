/** Requests that say what went wrong in the server's own words (RFC 9457). */

export type Fetcher = (address: string, init: RequestInit) => Promise<Response>;

/** A refusal (`status` of the answer) or no answer at all (status 0). */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly retryAfter: number;

  constructor(status: number, code = "", detail = "", retryAfter = 0) {
    super(detail);
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }

  /** The same request may well succeed later. */
  get passes(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 425 || this.status === 429 || this.status >= 500;
  }
}

export interface Asking {
  token?: string | undefined;
  body?: unknown;
  /** milliseconds until the request is given up */
  within?: number;
  signal?: AbortSignal;
}

/** Send and read the answer's JSON. Raises Problem. */
export async function ask<T>(fetcher: Fetcher, address: string, asking: Asking = {}): Promise<T> {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), asking.within ?? 20_000);
  asking.signal?.addEventListener("abort", () => giveUp.abort());
  try {
    const answer = await reach(fetcher, address, { ...request(asking), signal: giveUp.signal });
    return (await answer.json().catch(() => Promise.reject(new Problem(0)))) as T;
  } finally {
    clearTimeout(timer);
  }
}

/** The response if it is a good one. Raises Problem. */
export async function reach(fetcher: Fetcher, address: string, init: RequestInit): Promise<Response> {
  const answer = await fetcher(address, { credentials: "omit", ...init }).catch(() => {
    throw new Problem(0);
  });
  if (answer.ok) return answer;
  const told = (await answer.json().catch(() => ({}))) as { code?: string; detail?: string; title?: string };
  const wait = Number(answer.headers.get("Retry-After")) || 0;
  throw new Problem(answer.status, told.code, told.detail ?? told.title, wait);
}

export function bearer(token: string | undefined): Record<string, string> {
  return token ? { Authorization: `Bearer ${token}` } : {};
}

function request(asking: Asking): RequestInit {
  const { token, body } = asking;
  if (body === undefined) return { headers: bearer(token) };
  if (body instanceof FormData) return { method: "POST", headers: bearer(token), body };
  return { method: "POST", headers: { "Content-Type": "application/json", ...bearer(token) }, body: JSON.stringify(body) };
}
