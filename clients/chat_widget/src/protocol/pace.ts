/** All waits of the protocol in milliseconds, in one place so that tests can hurry. */
export interface Pace {
  /** without an acknowledgement for so long, a message is sent again */
  ack: number;
  /** a hole in the numbers is asked about after so long */
  hole: number;
  /** a stream that says nothing for so long is dead; the server beats every 20 s */
  silence: number;
  /** a stream that has not begun by then does not come through */
  begin: number;
  first: number;
  longest: number;
}

export const PACE: Pace = { ack: 5000, hole: 1000, silence: 45_000, begin: 10_000, first: 500, longest: 30_000 };

/** How long to wait after so many tries in vain: anything up to a bound that doubles, never less than asked for. */
export function pause(tries: number, pace: Pace, retryAfter = 0): number {
  const bound = Math.min(pace.longest, pace.first * 2 ** Math.min(tries, 10));
  return Math.max(Math.random() * bound, retryAfter * 1000);
}
