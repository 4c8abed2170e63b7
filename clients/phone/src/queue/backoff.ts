/** When a job that did not get through is tried again. */

const FIRST_S = 15;
const LONGEST_S = 15 * 60;

/** Seconds to wait after so many tries in vain; the server's own wish, where it gave one, is never undercut. */
export function waitSeconds(attempts: number, retryAfter = 0): number {
  const own = Math.min(LONGEST_S, FIRST_S * 2 ** Math.max(0, attempts - 1));
  return Math.max(own, Math.min(retryAfter, LONGEST_S * 4));
}
