/** Cuts a stream of server-sent events into the data of each; keeps what is not whole yet. */
export class EventReader {
  #rest = "";
  readonly #decoder = new TextDecoder();

  read(bytes: Uint8Array): string[] {
    // A carriage return may stand at the end of one piece and its line feed at the start of the next.
    const text = this.#rest + this.#decoder.decode(bytes, { stream: true });
    const whole = text.endsWith("\r") ? text.slice(0, -1) : text;
    const events = whole.replace(/\r\n?/g, "\n").split("\n\n");
    this.#rest = events.pop()! + text.slice(whole.length);
    return events.map(dataOf).filter((data) => data !== "");
  }
}

function dataOf(event: string): string {
  const lines = event.split("\n").filter((line) => line.startsWith("data:"));
  return lines.map((line) => line.slice(5).replace(/^ /, "")).join("\n");
}
