import type { Invitation } from "../messages.ts";

/** Counts invitations for as long as the visit lasts: in the page's sessionStorage, or in memory where that is refused. */
const memory: Record<string, number> = {};

function read(name: string): number {
  try {
    return +sessionStorage.getItem(name)! || memory[name] || 0;
  } catch {
    return memory[name] || 0;
  }
}

function write(name: string, value: number): void {
  memory[name] = value;
  try {
    sessionStorage.setItem(name, `${value}`);
  } catch {
    // Memory counts for this page; the next one begins anew.
  }
}

/** A page was viewed: the span begins at the first view, and anew at the first one after its end. */
export function viewed(key: string, invitation: Invitation, now: number): void {
  const began = read(`allonce-invite:${key}:since`);
  if (began && now - began < invitation.span_minutes * 60_000) return;
  write(`allonce-invite:${key}:since`, now);
  write(`allonce-invite:${key}:shown`, 0);
}

/** Whether one more invitation may be shown; if so it is counted. */
export function mayInvite(key: string, invitation: Invitation): boolean {
  const shown = read(`allonce-invite:${key}:shown`);
  if (read(`allonce-invite:${key}:no`) || (invitation.limit > 0 && shown >= invitation.limit)) return false;
  write(`allonce-invite:${key}:shown`, shown + 1);
  return true;
}

/** Said no, or came in: not again during this visit. */
export function settled(key: string): void {
  write(`allonce-invite:${key}:no`, 1);
}
