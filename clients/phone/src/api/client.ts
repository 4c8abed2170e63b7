import type {
  Delivery, DeltaAnswer, PendingDevice, RegisterAnswer, RegisterRequest, SyncAnswer,
} from "./types.ts";
import type { Bytes } from "../store/bytes.ts";

const PREFIX = "/api/mobile/v1";
const TIMEOUT_MS = 30_000;
const POST_TIMEOUT_MS = 120_000;

/** The server answered, and said no. `code` is one of the named codes of the API. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly retryAfter: number;
  readonly fields: Record<string, string>;
  constructor(status: number, code: string, message: string, retryAfter = 0, fields: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
    this.fields = fields;
  }
}

/** No answer came: there is no network, or it broke. Whether the server got the request is unknown. */
export class NoAnswer extends Error {}

export class Api {
  private readonly token: string;
  constructor(token = "") {
    this.token = token;
  }

  register(request: RegisterRequest): Promise<RegisterAnswer> {
    return this.json("POST", "/register", request);
  }

  sync(catalogue: number, app: string): Promise<SyncAnswer> {
    return this.json("GET", `/sync?${new URLSearchParams({ catalogue: String(catalogue), app })}`);
  }

  delta(from: number): Promise<DeltaAnswer> {
    return this.json("GET", `/catalogue/delta?from=${from}`);
  }

  chunks(hashes: readonly string[]): Promise<Record<string, string>> {
    return this.json("POST", "/catalogue/chunks", { hashes });
  }

  async chunk(hash: string): Promise<Bytes> {
    const answer = await this.send("GET", `/catalogue/chunks/${hash}`);
    return new Uint8Array(await answer.arrayBuffer());
  }

  pendingDevices(): Promise<PendingDevice[]> {
    return this.json("GET", "/devices/pending");
  }

  approveDevice(id: string, fingerprint: string, wrap: string, generation: number | null): Promise<unknown> {
    return this.json("POST", `/devices/${id}/approve`, { fingerprint, wrap, generation });
  }

  /** Posts a job. `progress` hears which share of the bytes has gone out: photos take a while on a thin network. */
  async postJob(
    ref: string, revision: number, parts: FormData, resend: boolean, progress: (share: number) => void,
  ): Promise<Delivery[]> {
    const query = resend ? "?resend=customer" : "";
    const answer = await upload(`${PREFIX}/jobs/${ref}/${revision}${query}`, this.token, parts, progress);
    if (!answer.ok) throw await problem(answer);
    return ((await answer.json()) as { deliveries: Delivery[] }).deliveries;
  }

  async deliveries(ref: string): Promise<Delivery[]> {
    return (await this.json<{ deliveries: Delivery[] }>("GET", `/jobs/${ref}`)).deliveries;
  }

  private async json<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.send(method, path, body === undefined ? undefined : JSON.stringify(body));
    return (await answer.json()) as T;
  }

  private async send(method: string, path: string, body?: BodyInit, timeout = TIMEOUT_MS): Promise<Response> {
    const headers = new Headers({ Accept: "application/json" });
    if (this.token) headers.set("Authorization", `Bearer ${this.token}`);
    if (typeof body === "string") headers.set("Content-Type", "application/json");
    const answer = await fetchOrThrow(`${PREFIX}${path}`, {
      method, headers, body: body ?? null, cache: "no-store", credentials: "omit", signal: AbortSignal.timeout(timeout),
    });
    if (!answer.ok) throw await problem(answer);
    return answer;
  }
}

async function fetchOrThrow(address: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(address, request);
  } catch (error) {
    throw new NoAnswer(String(error));
  }
}

/** As fetch, which cannot tell how much of a body is sent. */
function upload(
  address: string, token: string, parts: FormData, progress: (share: number) => void,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    request.timeout = POST_TIMEOUT_MS;
    request.setRequestHeader("Authorization", `Bearer ${token}`);
    request.setRequestHeader("Accept", "application/json");
    request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
    request.onload = () => resolve(responseOf(request));
    request.onerror = request.ontimeout = request.onabort = () => reject(new NoAnswer("post"));
    request.send(parts);
  });
}

function responseOf(request: XMLHttpRequest): Response {
  const headers = new Headers();
  const retryAfter = request.getResponseHeader("Retry-After");
  if (retryAfter) headers.set("Retry-After", retryAfter);
  return new Response(request.responseText, { status: request.status, headers });
}

interface Problem {
  code?: string;
  detail?: string;
  title?: string;
  fields?: Record<string, string>;
}

async function problem(answer: Response): Promise<ApiError> {
  const body = (await answer.json().catch(() => ({}))) as Problem;
  const retryAfter = Number(answer.headers.get("Retry-After") ?? 0) || 0;
  const words = body.detail ?? body.title ?? "";
  return new ApiError(answer.status, body.code ?? `http_${answer.status}`, words, retryAfter, body.fields ?? {});
}
