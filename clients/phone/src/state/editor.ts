/** Two tabs on one store: only the holder of the browser's lock may write; the other looks on, and may take over. */
import { signal } from "@preact/signals";

export const isEditor = signal(false);

const LOCK = "allonce-phone-editor";
type Message = "hand-over" | "changed" | "wiped";

const channel = new BroadcastChannel("allonce-phone");
let release: () => void = () => undefined;
let beforeHandOver: () => Promise<void> = async () => undefined;
let onChanged: () => Promise<void> = async () => undefined;
let onWiped: () => void = () => undefined;

channel.onmessage = (event: MessageEvent<Message>) => {
  if (event.data === "hand-over" && isEditor.value) void giveWay();
  if (event.data === "changed" && !isEditor.value) void onChanged();
  if (event.data === "wiped") onWiped();
};

export interface EditorHooks {
  flush(): Promise<void>;
  reread(): Promise<void>;
  wiped(): void;
}

/** Asks for the lock, and keeps asking: when the other tab closes, this one becomes the editor by itself. */
export function standForEditor(hooks: EditorHooks): void {
  beforeHandOver = hooks.flush;
  onChanged = hooks.reread;
  onWiped = hooks.wiped;
  void navigator.locks.request(LOCK, holdLock);
}

/** What the other tab wrote last is read before anything can be written here. */
async function holdLock(): Promise<void> {
  await onChanged();
  isEditor.value = true;
  return new Promise((resolve) => (release = resolve));
}

async function giveWay(): Promise<void> {
  await beforeHandOver();
  isEditor.value = false;
  release();
  void navigator.locks.request(LOCK, holdLock);
}

export function takeOver(): void {
  channel.postMessage("hand-over" satisfies Message);
}

export function tellOthers(message: Message): void {
  channel.postMessage(message);
}
