/**
 * Times that run down, by the server's clock. Minutes are enough until the last hour; at the end the page is fetched
 * anew, and so is one that waits for its date to be chosen.
 */
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const ARRIVED = performance.now();

const CHOOSING = 15 * SECOND;

export function startCountdowns(): void {
  if (document.querySelector("[data-choosing]")) setTimeout(() => location.reload(), CHOOSING);
  const all = [...document.querySelectorAll<HTMLTimeElement>("[data-countdown]")];
  if (!all.length) return;
  const step = (): void => {
    const left = all.map(show);
    if (left.some((ms) => ms <= 0)) return void setTimeout(() => location.reload(), 2 * SECOND);
    setTimeout(step, Math.min(...left) < HOUR ? SECOND : MINUTE / 2);
  };
  step();
}

function show(where: HTMLTimeElement): number {
  const left = new Date(where.dateTime).getTime() - (Date.now() + ahead(where));
  where.textContent = inWords(Math.max(0, left));
  return left;
}

/** By how much the server's clock, when it wrote the page, was ahead of this one. */
function ahead(where: HTMLTimeElement): number {
  const { now } = where.dataset;
  return now ? new Date(now).getTime() - (performance.timeOrigin + ARRIVED) : 0;
}

export function inWords(ms: number): string {
  const hours = Math.floor(ms / HOUR);
  const minutes = Math.floor((ms % HOUR) / MINUTE);
  if (hours) return `${hours} h ${String(minutes).padStart(2, "0")} min`;
  return `${minutes}:${String(Math.floor((ms % MINUTE) / SECOND)).padStart(2, "0")}`;
}
