/** UUIDv7 (RFC 9562): names that sort by the time they were made, also within one millisecond. */

let lastTime = 0;
let counter = 0;

export function newCid(now: number = Date.now(), random: (bytes: Uint8Array<ArrayBuffer>) => void = fill): string {
  const bytes = new Uint8Array(16);
  random(bytes);
  advance(now);
  for (let at = 0; at < 6; at += 1) bytes[at] = Math.floor(lastTime / 2 ** (8 * (5 - at))) % 256;
  bytes[6] = 0x70 | (counter >> 8);
  bytes[7] = counter & 0xff;
  bytes[8] = 0x80 | ((bytes[8] as number) & 0x3f);
  return write(bytes);
}

/** The 12 bits behind the version count within a millisecond; a clock that goes back does not turn the order. */
function advance(now: number): void {
  if (now > lastTime) {
    lastTime = now;
    counter = 0;
  } else if (counter < 0xfff) {
    counter += 1;
  } else {
    lastTime += 1;
    counter = 0;
  }
}

function fill(bytes: Uint8Array<ArrayBuffer>): void {
  crypto.getRandomValues(bytes);
}

function write(bytes: Uint8Array): string {
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
