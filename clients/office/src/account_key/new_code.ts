// The sheet with a new recovery code: shown, printed, and typed back before it counts.
import { newRecoveryCode, tidyRecoveryCode } from "@allonce/sealing";
import { t } from "../manners/words";
import { guideTyping } from "./unlock";

/** Shows a new code; `whenTyped` hears whether it has been typed back right. Answers the code. */
export function showNewCode(keyFingerprint: string, whenTyped: (right: boolean) => void): string {
  const code = newRecoveryCode();
  const sheet = byId("new-code");
  byId("code-shown").replaceChildren(...code.split("-").map(groupOf));
  byId("print-fingerprint").textContent = keyFingerprint;
  const input = byId("code-typed") as HTMLInputElement;
  input.addEventListener("input", () => whenTyped(isRight(input, code)));
  byId("print-code").addEventListener("click", () => window.print());
  sheet.hidden = false;
  sheet.scrollIntoView({ block: "start" });
  return code;
}

function groupOf(group: string): HTMLElement {
  const place = document.createElement("span");
  place.textContent = group;
  return place;
}

function isRight(input: HTMLInputElement, code: string): boolean {
  const hint = byId("code-typed-hint");
  const whole = guideTyping(input, hint);
  const right = whole && tidyRecoveryCode(input.value) === code;
  if (whole) hint.textContent = right ? t("Right. The paper is good.") : t("That is another code, not the one above.");
  return right;
}

function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page lacks #${id}`);
  return found;
}
