/** A name by which the owner recognises this phone in Setup: what the browser tells of it, no more. */
export function deviceName(agent: string = navigator.userAgent): string {
  const system = /iPhone|iPad|Android|Windows|Mac OS X|Linux/.exec(agent)?.[0] ?? "Phone";
  const browser = /Edg|Firefox|CriOS|Chrome|Safari/.exec(agent)?.[0] ?? "browser";
  const names: Record<string, string> = { "Mac OS X": "Mac", Edg: "Edge", CriOS: "Chrome" };
  return `${names[system] ?? system}, ${names[browser] ?? browser}`;
}
