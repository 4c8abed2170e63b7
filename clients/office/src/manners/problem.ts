// One place on a page that tells what went wrong: <div id="problem" role="alert" hidden>.
import { SealingError, type SealingCode } from "@allonce/sealing";
import { Refused } from "../webauthn/server";
import { t } from "./words";

/** Something a page wants to tell in its own words. */
export class Told extends Error {}

export function showProblem(text: string, place = document.getElementById("problem")): void {
  if (!place) return;
  place.textContent = text;
  place.hidden = text === "";
  if (text) place.scrollIntoView({ block: "nearest" });
}

/** Runs `act` and shows what it throws; says nothing when the person gave up. */
export async function telling(act: () => Promise<void>, place = document.getElementById("problem")): Promise<void> {
  showProblem("", place);
  try {
    await act();
  } catch (error) {
    showProblem(wordsFor(error), place);
  }
}

export class GaveUp extends Error {}

export function wordsFor(error: unknown): string {
  if (error instanceof GaveUp) return "";
  if (error instanceof Told) return error.message;
  if (error instanceof SealingError) return sealingWords(error.code);
  if (error instanceof Refused) return error.message || t("The server did not accept that. Load the page again.");
  if (error instanceof DOMException) return t("The passkey was not used. Try again, or use the printed code.");
  return t("That did not work. Check the network and try again.");
}

function sealingWords(code: SealingCode): string {
  const words: Record<SealingCode, string> = {
    not_a_job_file: t("This is not a job file. Its name ends in .allonce, and it came as an attachment."),
    newer_version: t("A newer version of Mobile made this file. Reload this page and try again."),
    cut_short: t("The file is cut short. Save it from the mail again, or ask for it to be sent again."),
    damaged: t("The file was changed on its way, or belongs to another key. Nothing of it can be trusted, so it stays closed."),
    wrong_key: t("That does not open the account's key."),
    no_key: t("This file was sealed to a key that this account does not have."),
    bad_key: t("The key is damaged. Load the page again."),
    bad_code: t("A group of the code is mistyped."),
    not_successor: t("The account's key was replaced by somebody who did not hold the old one."),
  };
  return words[code];
}
