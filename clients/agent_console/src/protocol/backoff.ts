/** When to try again: doubling from half a second to thirty, each time anywhere within (full jitter). */

const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/** Milliseconds to wait after so many failures in a row; the server's own wish (seconds) is never undercut. */
export function waitMs(failures: number, retryAfter = 0, random: () => number = Math.random): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(16, Math.max(0, failures - 1)));
  return Math.max(Math.round(random() * ceiling), retryAfter * 1000);
}
