import type { Canned, Conv, Detail, Me, Presence, Snapshot, Uploaded } from "./types.ts";

const PREFIX = "/chat/api/";
const TIMEOUT_MS = 20_000;
const UPLOAD_TIMEOUT_MS = 120_000;

/** The server answered, and said no. `code` is one of the named codes of the API, `body` all that it said. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  /** Seconds. */
  readonly retryAfter: number;
  readonly body: Record<string, unknown>;
  constructor(status: number, body: Record<string, unknown>, retryAfter = 0) {
    super(String(body.detail ?? body.title ?? `The server answered ${status}.`));
    this.status = status;
    this.code = String(body.code ?? `http_${status}`);
    this.retryAfter = retryAfter;
    this.body = body;
  }
}

/** No answer came. Whether the server got the request is unknown. */
export class NoAnswer extends Error {}

export interface Wanted {
  state?: string;
  q?: string;
  mine?: boolean;
  before?: string;
  limit?: number;
}

export const api = {
  snapshot: (): Promise<Snapshot> => ask("GET", "snapshot"),
  conversations: (wanted: Wanted): Promise<{ items: Conv[]; next: string | null }> => ask("GET", `conversations?${query(wanted)}`),
  conversation: (id: string): Promise<Detail> => ask("GET", `conversations/${id}`),
  act: (id: string, verb: string, body: object = {}): Promise<Conv> => ask("POST", `conversations/${id}/${verb}`, body),
  presence: (body: { state?: Presence; minutes?: number; extend?: number; active?: boolean }): Promise<Me> => ask("POST", "presence", body),
  pushKey: (): Promise<{ key: string }> => ask("GET", "push"),
  keepPush: (subscription: PushSubscriptionJSON): Promise<unknown> => ask("POST", "push", { subscription }),
  dropPush: (endpoint: string): Promise<unknown> => ask("DELETE", "push", { endpoint }),
  saveCanned: (body: Pick<Canned, "shortcut" | "title" | "text"> & { id?: string }): Promise<Canned[]> => ask("POST", "canned", body),
  dropCanned: (id: string): Promise<Canned[]> => ask("DELETE", `canned?${query({ id })}`),
  translate: (text: string, to: string): Promise<{ available: boolean; text: string | null }> => ask("GET", `translate?${query({ text, to })}`),
  upload: (conversation: string, file: Blob, name: string): Promise<Uploaded> => {
    const parts = new FormData();
    parts.append("conversation", conversation);
    parts.append("file", file, name);
    return ask("POST", "file", parts, UPLOAD_TIMEOUT_MS);
  },
};

function query(values: object): string {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== "");
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
}

async function ask<T>(method: string, path: string, body?: object, timeout = TIMEOUT_MS): Promise<T> {
  const headers = new Headers({ Accept: "application/json" });
  if (method !== "GET") headers.set("X-CSRFToken", csrfToken());
  const isForm = body instanceof FormData;
  if (body && !isForm) headers.set("Content-Type", "application/json");
  const answer = await fetchOrThrow(PREFIX + path, {
    method, headers, body: isForm ? body : body ? JSON.stringify(body) : null,
    cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(timeout),
  });
  if (!answer.ok) throw await problem(answer);
  return (answer.status === 204 ? {} : await answer.json()) as T;
}

async function fetchOrThrow(address: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(address, request);
  } catch (error) {
    throw new NoAnswer(String(error));
  }
}

async function problem(answer: Response): Promise<ApiError> {
  // Whoever is signed out is sent to sign in: a redirect that no JSON follows.
  if (answer.type === "opaqueredirect") return new ApiError(401, { code: "signed_out" });
  const body = (await answer.json().catch(() => ({}))) as Record<string, unknown>;
  return new ApiError(answer.status, body, Number(answer.headers.get("Retry-After") ?? 0) || 0);
}

function csrfToken(): string {
  const page = document.querySelector<HTMLElement>("[data-csrf]")?.dataset.csrf;
  return page ?? /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? "";
}
