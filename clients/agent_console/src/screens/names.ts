import type { Conv } from "../api/types.ts";
import { t } from "../i18n/t.ts";
import { agentOfSeat, mySeat } from "../state/store.ts";

export function visitorName(conv: Conv): string {
  return conv.consumer.name || t("visitor");
}

/** Who sits on a seat of a conversation. */
export function seatName(conv: Conv, seat: string): string {
  if (seat === "visitor") return visitorName(conv);
  if (seat === mySeat()) return t("you");
  return agentOfSeat(seat)?.name ?? "";
}
