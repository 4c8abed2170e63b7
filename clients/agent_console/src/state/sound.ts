/** The ring and the chime, made here: no file, and unlike any telephone's. */
import { effect, signal } from "@preact/signals";
import { soundOn } from "./looks.ts";
import { ringing } from "./store.ts";

/** Browsers let a page sound only after it was touched; until then the ring is visible alone. */
export const silenced = signal(true);

const RING_EVERY_MS = 2600;
/** Two rising pairs: [pitch in hertz, start in seconds, length in seconds]. */
const RING: readonly (readonly [number, number, number])[] = [[523, 0, 0.16], [784, 0.17, 0.3], [587, 0.62, 0.16], [880, 0.79, 0.42]];
const CHIME: readonly (readonly [number, number, number])[] = [[988, 0, 0.09], [1319, 0.08, 0.22]];
const LOUD = 0.22;
const SOFT = 0.1;

let context: AudioContext | null = null;
let repeat = 0;
let isFirstWindow = false;

export function startSound(): void {
  for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, wake, { capture: true });
  beFirstWindow();
  effect(() => (ringing.value.length > 0 && soundOn.value ? startRing() : stopRing()));
}

export function chime(): void {
  if (soundOn.peek() && isFirstWindow) play(CHIME, SOFT);
}

/** Once, so that people know what they will hear. */
export function sample(): void {
  wake();
  play(RING, LOUD);
}

function wake(): void {
  context ??= new AudioContext();
  const heard = context;
  const learn = (): void => void (silenced.value = heard.state !== "running");
  void heard.resume().then(learn, () => undefined);
}

/** Of several windows of one browser only one sounds; when it closes, the next one takes over. */
function beFirstWindow(): void {
  if (!("locks" in navigator)) return void (isFirstWindow = true);
  void navigator.locks.request("allonce-chat-sound", () => {
    isFirstWindow = true;
    return new Promise(() => undefined);
  });
}

function startRing(): void {
  if (repeat) return;
  const once = (): void => void (isFirstWindow && play(RING, LOUD));
  once();
  repeat = window.setInterval(once, RING_EVERY_MS);
}

function stopRing(): void {
  clearInterval(repeat);
  repeat = 0;
}

function play(notes: typeof RING, loudness: number): void {
  if (context?.state !== "running") return;
  for (const [pitch, start, length] of notes) sound(context, pitch, context.currentTime + start, length, loudness);
}

/** A struck, quickly fading tone with one overtone. */
function sound(into: AudioContext, pitch: number, at: number, length: number, loudness: number): void {
  const gain = into.createGain();
  gain.gain.setValueAtTime(0.0001, at);
  gain.gain.exponentialRampToValueAtTime(loudness, at + 0.015);
  gain.gain.exponentialRampToValueAtTime(0.0001, at + length);
  gain.connect(into.destination);
  for (const [times, type] of [[1, "triangle"], [2, "sine"]] as const) {
    const tone = into.createOscillator();
    tone.type = type;
    tone.frequency.value = pitch * times;
    tone.connect(gain);
    tone.start(at);
    tone.stop(at + length);
  }
}
