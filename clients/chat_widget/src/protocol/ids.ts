/** A UUID of version 7 (RFC 9562): 48 bits of milliseconds, so that the server's tables stay in order; the rest random. */
export function newId(): string {
  const time = hex(Date.now(), 12);
  const [a, b, c] = crypto.getRandomValues(new Uint32Array(3)) as unknown as [number, number, number];
  const rest = `7${hex(a % 4096, 3)}-${hex(32768 + (b % 16384), 4)}-${hex(a >>> 16, 4)}${hex(c, 8)}`;
  return `${time.slice(0, 8)}-${time.slice(8)}-${rest}`;
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, "0");
}
