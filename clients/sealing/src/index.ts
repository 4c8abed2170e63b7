/** Everything that seals and opens: account keys, their wraps, job files. Only WebCrypto beneath. */

export { base64url, fromBase64url, type Bytes } from "./bytes.ts";
export type { JobAttachment, JobContent } from "./content.ts";
export { SealingError, type SealingCode } from "./errors.ts";
export { fingerprint } from "./fingerprint.ts";
export {
  JOB_FILE_SUFFIX,
  JOB_FILE_TYPE,
  type JobFileHeader,
  openJobFile,
  readJobFileHeader,
  sealJobFile,
} from "./jobfile.ts";
export { Keyring, type PreviousKey, checked } from "./keyring.ts";
export {
  type AccountSecret,
  type NewAccountKey,
  type OpeningKey,
  type PublicJwk,
  jwkOf,
  newAccountKey,
  newDeviceKey,
  openingKey,
  pointOf,
} from "./keys.ts";
export { isRecoveryCode, newRecoveryCode, tidyRecoveryCode, wrongGroups } from "./recovery.ts";
export { proveSuccession, succeeds } from "./succession.ts";
export {
  type LockedHolder,
  PRINTED,
  lockWithPasskey,
  lockWithRecovery,
  passkeyHolder,
  prfInput,
  unlockWithPasskey,
  unlockWithRecovery,
} from "./holders.ts";
export {
  type Holder,
  type HolderKind,
  isAttested,
  unwrapForDevice,
  unwrapForHolder,
  unwrapFromNext,
  wrapForDevice,
  wrapForHolder,
  wrapForNext,
} from "./wraps.ts";
