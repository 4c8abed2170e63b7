/** Recording a voice note: up to a minute, with its time to be seen; thrown away, listened to, or sent. */
import { clock } from "./enclosed.ts";
import { element } from "./page.ts";

const LONGEST_MS = 60_000;
const TICK_MS = 200;
const BITS_PER_SECOND = 32_000;
// What the server takes, the most widely played first.
const KINDS = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4;codecs=mp4a.40.2"];

export interface VoiceWays {
  /** It may go out. */
  send: (file: Blob, seconds: number) => void;
  /** The microphone could not be used. */
  refused: () => void;
}

/** Starts nothing where the browser cannot record. */
export function offerVoice(ways: VoiceWays): boolean {
  const kind = recordable();
  if (!kind) return false;
  new Voice(kind, ways).listen();
  return true;
}

function recordable(): string | undefined {
  if (typeof MediaRecorder === "undefined" || !navigator.mediaDevices) return undefined;
  return KINDS.find((kind) => MediaRecorder.isTypeSupported(kind));
}

class Voice {
  private readonly kind: string;
  private readonly ways: VoiceWays;
  private recorder: MediaRecorder | null = null;
  private asking = false;
  private file: Blob | null = null;
  private began = 0;
  private lasted = 0;
  private timer = 0;
  private player: { context: AudioContext; source: AudioBufferSourceNode } | null = null;

  constructor(kind: string, ways: VoiceWays) {
    this.kind = kind;
    this.ways = ways;
  }

  listen(): void {
    element("chat-record").addEventListener("click", () => void this.start());
    element("voice-stop").addEventListener("click", () => this.stop());
    element("voice-cancel").addEventListener("click", () => this.cancel());
    element("voice-play").addEventListener("click", () => void this.play());
    element("voice-send").addEventListener("click", () => this.send());
    element("chat-voice").addEventListener("keydown", (event) => event.key === "Escape" && this.cancel());
    window.addEventListener("pagehide", () => this.cancel());
  }

  private async start(): Promise<void> {
    if (this.recorder || this.asking) return;
    this.asking = true;
    const heard = await navigator.mediaDevices.getUserMedia({ audio: true }).catch(() => null);
    this.asking = false;
    if (!heard) return this.ways.refused();
    if (element("chat-foot").hidden) for (const track of heard.getTracks()) track.stop();
    else this.record(heard);
  }

  private record(heard: MediaStream): void {
    const recorder = new MediaRecorder(heard, { mimeType: this.kind, audioBitsPerSecond: BITS_PER_SECOND });
    const parts: Blob[] = [];
    recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
    recorder.addEventListener("stop", () => {
      for (const track of heard.getTracks()) track.stop();
      if (this.recorder === recorder) this.have(new Blob(parts, { type: this.kind }));
    });
    this.recorder = recorder;
    this.began = Date.now();
    recorder.start();
    this.timer = window.setInterval(() => this.tick(), TICK_MS);
    this.show("recording");
    element("voice-stop").focus();
  }

  private tick(): void {
    this.lasted = Math.min(Date.now() - this.began, LONGEST_MS);
    element("voice-time").textContent = clock(this.lasted / 1000);
    if (this.lasted >= LONGEST_MS) this.stop();
  }

  private stop(): void {
    window.clearInterval(this.timer);
    this.lasted = Math.min(Date.now() - this.began, LONGEST_MS);
    if (this.recorder?.state === "recording") this.recorder.stop();
  }

  private have(file: Blob): void {
    this.file = file;
    element("voice-time").textContent = clock(this.lasted / 1000);
    this.show("recorded");
    element("voice-send").focus();
  }

  /** Through the page's own sound rather than an address: media come from this site alone. */
  private async play(): Promise<void> {
    if (this.player) return this.silence();
    if (!this.file) return;
    const context = new AudioContext();
    const source = context.createBufferSource();
    this.player = { context, source };
    source.buffer = await context.decodeAudioData(await this.file.arrayBuffer()).catch(() => null);
    if (this.player?.source !== source) return;
    if (!source.buffer) return this.silence();
    source.connect(context.destination);
    source.addEventListener("ended", () => this.player?.source === source && this.silence());
    source.start();
    element("voice-play").setAttribute("aria-pressed", "true");
  }

  private silence(): void {
    void this.player?.context.close();
    this.player = null;
    element("voice-play").setAttribute("aria-pressed", "false");
  }

  private send(): void {
    const [file, seconds] = [this.file, Math.max(1, Math.round(this.lasted / 1000))];
    this.cancel();
    if (file) this.ways.send(file, seconds);
  }

  /** Nothing of it stays. */
  private cancel(): void {
    if (!this.recorder) return;
    const recorder = this.recorder;
    this.recorder = this.file = null;
    window.clearInterval(this.timer);
    if (recorder.state === "recording") recorder.stop();
    this.silence();
    this.show("nothing");
    element("chat-record").focus();
  }

  private show(state: "nothing" | "recording" | "recorded"): void {
    element("chat-voice").hidden = state === "nothing";
    element("chat-write").hidden = state !== "nothing";
    element("chat-voice").classList.toggle("is-recording", state === "recording");
    element("voice-stop").hidden = state !== "recording";
    element("voice-play").hidden = element("voice-send").hidden = state !== "recorded";
    if (state !== "recorded") element("voice-time").textContent = clock(0);
  }
}
