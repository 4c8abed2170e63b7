/** The frames of docs/messaging.md, as a client reads and writes them. */

/** One entry of a stream's log. `from` is a seat's name. */
export interface Entry {
  seq: number;
  cid: string;
  from: string;
  kind: string;
  body: Record<string, unknown>;
  audience: string;
  at: string;
}

export interface Problem {
  code: string;
  detail: string;
  /** Seconds. */
  retry_after?: number;
}

export type LogFrame =
  | ({ t: "msg"; s: string } & Entry)
  | { t: "gap"; s: string; seq: number }
  | { t: "erased"; s: string; seq: number };

export type ServerFrame =
  | LogFrame
  | { t: "live"; s: string; head: number }
  | { t: "head"; s: string; seq: number }
  | { t: "ack"; s: string; cid: string; seq: number; at: string }
  | { t: "nack"; s: string; cid?: string; problem: Problem }
  | { t: "read"; s: string; seat: string; up_to: number }
  | { t: "typing"; s: string; seat: string; on: boolean }
  | { t: "presence"; s: string; seat: string; on: boolean }
  | { t: "reset"; s: string }
  | { t: "bye"; code: string; wait?: number }
  | { t: "pong" };

export type ClientFrame =
  | { t: "hello"; token?: string }
  | { t: "sub"; s: string; after: number }
  | { t: "unsub"; s: string }
  | { t: "send"; s: string; cid: string; kind: string; body: Record<string, unknown>; audience?: string }
  | { t: "read"; s: string; up_to: number }
  | { t: "typing"; s: string; on: boolean }
  | { t: "ping" };

const KNOWN = new Set(["msg", "gap", "erased", "live", "head", "ack", "nack", "read", "typing", "presence", "reset", "bye", "pong"]);

/** A frame, or null for one that this version does not know: a newer server may say more. */
export function readFrame(text: string): ServerFrame | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== "object" || value === null || !("t" in value)) return null;
  return typeof value.t === "string" && KNOWN.has(value.t) ? (value as ServerFrame) : null;
}

export function isLogFrame(frame: ServerFrame): frame is LogFrame {
  return frame.t === "msg" || frame.t === "gap" || frame.t === "erased";
}
