/** Ties the connection, the logs, the outbox and the store together. */
import { effect, signal } from "@preact/signals";
import { api, ApiError } from "../api/client.ts";
import type { Conv } from "../api/types.ts";
import { newCid } from "../protocol/cid.ts";
import { Line, type LineState, type Socket } from "../protocol/line.ts";
import { Log } from "../protocol/log.ts";
import { Outbox, type Item } from "../protocol/outbox.ts";
import { openShelf } from "../protocol/shelf.ts";
import { isLogFrame, type ServerFrame } from "../protocol/wire.ts";
import { onConsoleEntry } from "./events.ts";
import { onNews, recount } from "./news.ts";
import { openId } from "./router.ts";
import { convOf, convOfStream, fillFrom, me, peekConv, put, sections } from "./store.ts";
import { allThreads, threadOf, threadOfStream } from "./threads.ts";
import { timers } from "./timers.ts";

export type Stage = "starting" | "ready" | "failed" | "signed_out" | "refused";

export const stage = signal<Stage>("starting");
export const why = signal("");
export const lineState = signal<LineState>("stopped");
export const retryAt = signal(0);
export const waiting = signal<readonly Item[]>([]);
/** False where the browser refuses storage: what is unsent is lost with the page. */
export const lasting = signal(true);

const WAITING_FOLLOWED = 50;
const SWEEP_MS = 500;
let outbox: Outbox | null = null;
let consoleLog = new Log();
let consoleStream = "";
let refetching: Promise<void> | null = null;

const line = new Line({
  dial: () => new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/rt/v1/socket`) as Socket,
  timers,
  frame: onFrame,
  changed: onLine,
});

export async function start(): Promise<void> {
  try {
    await refill();
  } catch (error) {
    return fail(error);
  }
  stage.value = "ready";
  await openOutbox();
  line.start();
  line.follow(consoleStream, () => consoleLog.last);
  effect(() => followWanted());
  setInterval(mendHoles, SWEEP_MS);
  addEventListener("online", () => line.probe());
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && line.probe());
}

export function retryNow(): void {
  line.now();
}

function fail(error: unknown): void {
  const known = error instanceof ApiError;
  why.value = known ? error.message : "";
  stage.value = !known ? "failed" : error.status === 401 ? "signed_out" : error.status === 403 ? "refused" : "failed";
}

/** The snapshot, and the console's log from where the snapshot ends. */
async function refill(): Promise<void> {
  const snapshot = await api.snapshot();
  fillFrom(snapshot);
  consoleStream = snapshot.console.s;
  consoleLog = new Log(snapshot.console.head);
}

async function openOutbox(): Promise<void> {
  const opened = await openShelf("allonce-chat");
  lasting.value = opened.lasting;
  outbox = new Outbox(me.peek().id, opened.shelf, timers, {
    transmit: ({ s, cid, kind, body, audience }) => line.send({ t: "send", s, cid, kind, body, audience }),
    upload: async (item) => ({ ...item.body, ...(await api.upload(item.s, item.file as Blob, String(item.body.name ?? "picture"))) }),
    changed: () => (waiting.value = outbox?.items ?? []),
  });
  await outbox.open();
}

/** Says something in a conversation. It is kept before it is sent. */
export function send(conv: Conv, kind: string, body: Record<string, unknown>, file?: Blob): Promise<void> {
  const audience = kind === "whisper" || kind === "note" ? "staff" : "all";
  // Half a surrogate pair, from a cut emoji, could not be written as UTF-8 by anybody.
  const whole = typeof body.text === "string" ? { ...body, text: body.text.toWellFormed() } : body;
  const said = { cid: newCid(), s: conv.s, kind, body: whole, audience, ...(file ? { file } : {}) };
  return outbox?.add(said) ?? Promise.resolve();
}

export function retry(cid: string): void {
  outbox?.retry(cid);
}

export function discard(cid: string): Item | null {
  return outbox?.discard(cid) ?? null;
}

export function typing(conv: Conv, on: boolean): void {
  line.send({ t: "typing", s: conv.s, on });
}

/** The agent has seen everything up to here. */
export function markRead(conv: Conv, upTo: number): void {
  if (!line.send({ t: "read", s: conv.s, up_to: upTo })) return;
  threadOf(conv.id, conv.s).setRead(`agent:${me.peek().id}`, upTo);
  recount(conv.id);
}

/** One's own, what waits, and what is on the screen; nothing else costs a subscription. */
function followWanted(): void {
  const { mine, ringing } = sections.value;
  const open = openId.value ? convOf(openId.value) : undefined;
  const wanted = new Map([...mine, ...ringing.slice(0, WAITING_FOLLOWED), ...(open ? [open] : [])].map((conv) => [conv.s, conv]));
  for (const thread of allThreads()) if (line.follows(thread.s) && !wanted.has(thread.s)) line.leave(thread.s);
  for (const [s, conv] of wanted) if (!line.follows(s)) followOne(conv);
}

function followOne(conv: Conv): void {
  const thread = threadOf(conv.id, conv.s);
  for (const [seat, upTo] of Object.entries(conv.read)) thread.setRead(seat, upTo);
  line.follow(conv.s, () => thread.log.last);
}

function onLine(state: LineState): void {
  lineState.value = state;
  retryAt.value = line.retryAt;
  if (state === "open") outbox?.connect();
  else outbox?.disconnect();
  if (state === "refused") stage.value = "signed_out";
}

function onFrame(frame: ServerFrame): void {
  if (frame.t === "ack" || frame.t === "nack") return onAnswer(frame);
  if (!("s" in frame)) return;
  if (frame.s === consoleStream) return onConsole(frame);
  const thread = threadOfStream(frame.s);
  if (!thread) return;
  if (isLogFrame(frame)) {
    const [last, isNews] = [thread.log.last, thread.live.peek()];
    thread.take(frame, Date.now());
    if (thread.log.last > last) onNews(thread, last, isNews);
  } else if (frame.t === "live") {
    thread.becomeLive(frame.head, Date.now());
    recount(thread.id);
  } else if (frame.t === "head") thread.log.hear(frame.seq, Date.now());
  else if (frame.t === "typing") thread.setTyping(frame.seat, frame.on);
  else if (frame.t === "presence") thread.setPresent(frame.seat, frame.on);
  else if (frame.t === "read") onRead(thread.id, frame.seat, frame.up_to);
  else if (frame.t === "reset") void resetThread(thread.id);
}

function onRead(id: string, seat: string, upTo: number): void {
  const conv = peekConv(id);
  if (!conv) return;
  threadOf(id, conv.s).setRead(seat, upTo);
  // The same agent has read it in another window.
  if (seat === `agent:${me.peek().id}`) recount(id);
}

function onAnswer(frame: Extract<ServerFrame, { t: "ack" | "nack" }>): void {
  const item = outbox?.items.find((one) => one.cid === frame.cid);
  if (frame.t === "nack") return void (frame.cid && outbox?.nacked(frame.cid, frame.problem));
  const conv = convOfStream(frame.s);
  if (item && conv) {
    const said = { cid: item.cid, from: `agent:${me.peek().id}`, kind: item.kind, body: item.body, audience: item.audience };
    const thread = threadOf(conv.id, conv.s);
    thread.log.hear(frame.seq, Date.now());
    if (frame.seq > thread.log.last) thread.acked.value = new Map([...thread.acked.peek(), [item.cid, { seq: frame.seq, at: frame.at, said }]]);
  }
  outbox?.acked(frame.cid);
}

function onConsole(frame: ServerFrame): void {
  if (frame.t === "reset") return void refetch();
  if (frame.t === "live") return consoleLog.hear(frame.head, Date.now());
  if (frame.t === "head") return consoleLog.hear(frame.seq, Date.now());
  if (!isLogFrame(frame)) return;
  consoleLog.take(frame, Date.now());
  for (const entry of consoleLog.drain()) onConsoleEntry(entry);
}

/** The console's log does not reach back to where we are: everything afresh, then on from there. */
async function refetch(): Promise<void> {
  refetching ??= refill().then(() => line.resume(consoleStream)).catch((error) => fail(error)).finally(() => (refetching = null));
  return refetching;
}

async function resetThread(id: string): Promise<void> {
  const conv = await api.conversation(id).catch(() => null);
  if (!conv) return;
  put(conv);
  threadOf(id, conv.s).restart(conv.head);
  line.resume(conv.s);
}

function mendHoles(): void {
  const now = Date.now();
  if (consoleLog.isMissing(now)) {
    consoleLog.asked(now);
    line.resume(consoleStream);
  }
  for (const { s, log } of allThreads()) {
    if (!line.follows(s) || !log.isMissing(now)) continue;
    log.asked(now);
    line.resume(s);
  }
}
