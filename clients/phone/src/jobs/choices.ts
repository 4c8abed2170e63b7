/** How taps on extras become choices. A group that was touched is present even when empty: "deliberately nothing". */
import type { Choices, Group } from "../pricing/format.ts";

/** Chooses or unchooses an extra; `now` are the choices as the rules see them, defaults included. */
export function toggle(choices: Choices, now: Choices, group: Group, extra: string): Choices {
  const before = choices[group.id] ?? now[group.id] ?? {};
  if (extra in before) {
    const { [extra]: _gone, ...rest } = before;
    return { ...choices, [group.id]: rest };
  }
  return { ...choices, [group.id]: group.choose === "one" ? { [extra]: 1 } : { ...before, [extra]: 1 } };
}

export function setQuantity(choices: Choices, now: Choices, group: Group, extra: string, quantity: number): Choices {
  const { [extra]: _gone, ...rest } = choices[group.id] ?? now[group.id] ?? {};
  return { ...choices, [group.id]: quantity > 0 ? { ...rest, [extra]: quantity } : rest };
}
