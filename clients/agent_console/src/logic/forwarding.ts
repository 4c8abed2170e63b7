// To whom a conversation can be forwarded now. The server asks again, and also knows when departments are open.
import type { Colleague } from "../api/types.ts";

/** Whether it may ring for this colleague, who answers `open` conversations. */
export function canTake(colleague: Colleague, open: number): boolean {
  return colleague.presence === "online" && open < colleague.limit;
}

/** Whether it may ring for anybody of a department who is on shift; who names none belongs to all. */
export function somebodyIn(
  department: string, colleagues: readonly Colleague[], openOf: (id: string) => number, offShift: readonly string[],
): boolean {
  const onShift = colleagues.filter((one) => !offShift.includes(one.id));
  const theirs = onShift.filter((one) => !one.departments.length || one.departments.includes(department));
  return theirs.some((one) => canTake(one, openOf(one.id)));
}
