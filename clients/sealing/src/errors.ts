/** Why something sealed does not open. `code` is stable; pages choose their own words for it. */

export type SealingCode =
  | "not_a_job_file"
  | "newer_version"
  | "cut_short"
  | "damaged"
  | "wrong_key"
  | "no_key"
  | "bad_key"
  | "bad_code"
  | "not_successor";

export class SealingError extends Error {
  readonly code: SealingCode;

  constructor(code: SealingCode, message: string) {
    super(message);
    this.name = "SealingError";
    this.code = code;
  }
}
