import type { Timers } from "../src/protocol/outbox.ts";

/** Time that stands until it is moved. */
export class TestTimers implements Timers {
  private at = 0;
  private next = 1;
  private due = new Map<number, { at: number; what: () => void }>();

  now(): number {
    return this.at;
  }

  after(ms: number, what: () => void): number {
    this.due.set(this.next, { at: this.at + ms, what });
    return this.next++;
  }

  cancel(timer: number): void {
    this.due.delete(timer);
  }

  advance(ms: number): void {
    const until = this.at + ms;
    for (;;) {
      const [timer, first] = [...this.due].filter(([, one]) => one.at <= until).sort((a, b) => a[1].at - b[1].at)[0] ?? [];
      if (!timer || !first) break;
      this.due.delete(timer);
      this.at = first.at;
      first.what();
    }
    this.at = until;
  }
}

/** Lets everything that waits for a promise go on. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
