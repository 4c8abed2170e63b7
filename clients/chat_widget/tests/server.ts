/** The server's side of the protocol in memory, with a network that can be made as bad as a test wants it. */
import type { Frame } from "../src/protocol/log.ts";
import type { Fetcher } from "../src/protocol/http.ts";
import { PACE, type Pace } from "../src/protocol/pace.ts";

/** The protocol's waits, a hundred times shorter. */
export const HURRIED: Pace = { ack: 60, hole: 10, silence: 400, begin: 100, first: 2, longest: 20 };
if (Object.keys(PACE).length !== Object.keys(HURRIED).length) throw new Error("a wait is missing here");

interface Trouble {
  /** the request never arrives */
  lostRequest: () => boolean;
  /** it is carried out, but the answer never arrives */
  lostAnswer: () => boolean;
  /** a frame of the stream is left out, sent twice, or held back behind the next one */
  frame: () => "good" | "lost" | "twice" | "late";
  /** streams do not come through at all */
  buffered: boolean;
}

const calm: Trouble = { lostRequest: () => false, lostAnswer: () => false, frame: () => "good", buffered: false };

type Listener = (frame: Frame) => void;

export class Server {
  readonly entries: Frame[] = [];
  readonly requests: { address: string; body: Record<string, unknown> | undefined }[] = [];
  readonly trouble: Trouble;
  /** set to answer every send with this refusal */
  refusal: Response | undefined;
  token = "t1";
  #listeners = new Set<Listener>();
  #cuts = new Set<() => void>();
  #down = false;

  constructor(trouble: Partial<Trouble> = {}) {
    this.trouble = { ...calm, ...trouble };
  }

  readonly fetch: Fetcher = async (address, init) => {
    await tick();
    if (this.#down || this.trouble.lostRequest()) throw new TypeError("connection refused");
    // A request that was given up before it left never comes; one given up later has an effect, and no answer.
    init.signal?.throwIfAborted();
    const answer = this.#answer(address, init);
    await tick();
    init.signal?.throwIfAborted();
    if (!address.includes("/stream") && this.trouble.lostAnswer()) throw new TypeError("connection reset");
    return answer;
  };

  append(from: string, text: string, cid = crypto.randomUUID() as string, kind = "text", body: Record<string, unknown> = { text }): Frame {
    const known = this.entries.find((each) => each.cid === cid && each.from === from);
    if (known) return known;
    const entry: Frame = { t: "msg", seq: this.entries.length + 1, cid, from, kind, body, at: new Date().toISOString() };
    this.entries.push(entry);
    for (const listener of this.#listeners) listener(entry);
    return entry;
  }

  tell(frame: Frame): void {
    for (const listener of this.#listeners) listener(frame);
  }

  beat(): void {
    this.tell({ t: "head", seq: this.entries.length });
  }

  /** Everything open ends, as when the process is killed; nothing answers until `rise`. */
  kill(): void {
    this.#down = true;
    for (const cut of this.#cuts) cut();
    this.#cuts.clear();
    this.#listeners.clear();
  }

  rise(): void {
    this.#down = false;
  }

  #answer(address: string, init: RequestInit): Response {
    const body = typeof init.body === "string" ? (JSON.parse(init.body) as Record<string, unknown>) : undefined;
    this.requests.push({ address, body });
    if (address.endsWith("/start")) return this.#start(body!);
    if (address.endsWith("/text")) return Response.json({ number: "+447400000001", uri: "sms:+447400000001" });
    if (address.startsWith("/w/")) return Response.json({});
    const shown = new Headers(init.headers).get("Authorization");
    if (shown !== `Bearer ${this.token}`) return Response.json({ code: "not_found" }, { status: 404 });
    const query = new URL(address, "http://x").searchParams;
    if (address.startsWith("/rt/v1/stream")) return this.#stream(Number(query.get("after")), init.signal!);
    if (address.startsWith("/rt/v1/poll")) {
      return Response.json({ entries: this.entries.slice(Number(query.get("after"))), head: this.entries.length });
    }
    if (address === "/rt/v1/send") return this.#send(body!);
    return Response.json({});
  }

  #start(body: Record<string, unknown>): Response {
    this.append("visitor", String(body.text), String(body.cid));
    return Response.json({ s: "s1", token: this.token, visitor: "v1", head: this.entries.length, agent: null });
  }

  #send(body: Record<string, unknown>): Response {
    if (this.refusal) return this.refusal.clone();
    const { cid, kind, body: said } = body as { cid: string; kind: string; body: Record<string, unknown> };
    const entry = this.append("visitor", "", cid, kind, said);
    return Response.json({ t: "ack", s: "s1", cid, seq: entry.seq, at: entry.at });
  }

  #stream(after: number, signal: AbortSignal): Response {
    const encoder = new TextEncoder();
    const entries = this.entries;
    const trouble = this.trouble;
    const listeners = this.#listeners;
    const cuts = this.#cuts;
    const body = new ReadableStream<Uint8Array>({
      start(out) {
        let held: Frame | undefined;
        let open = true;
        const put = (frame: Frame): void => {
          if (open && !trouble.buffered) out.enqueue(encoder.encode(`id: ${frame.seq ?? ""}\ndata: ${JSON.stringify(frame)}\n\n`));
        };
        const listener = (frame: Frame): void => {
          const fate = trouble.frame();
          if (fate === "late" && !held) {
            held = frame;
            return;
          }
          if (fate !== "lost") put(frame);
          if (fate === "twice") put(frame);
          if (held) put(held);
          held = undefined;
        };
        const cut = (): void => {
          if (!open) return;
          open = false;
          listeners.delete(listener);
          out.error(new TypeError("cut"));
        };
        listeners.add(listener);
        cuts.add(cut);
        signal.addEventListener("abort", cut);
        for (const frame of entries.slice(after)) put(frame);
        put({ t: "live", head: entries.length });
      },
    });
    return new Response(body, { headers: { "Content-Type": "text/event-stream" } });
  }
}

export function tick(milliseconds = 0): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds));
}

/** Waits until it is true, and fails after five seconds. */
export async function until(isTrue: () => boolean, what: string): Promise<void> {
  for (let tries = 0; tries < 6000; tries += 1) {
    if (isTrue()) return;
    await tick(5);
  }
  throw new Error(`never happened: ${what}`);
}

/** A random generator that a failing test can repeat. */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
