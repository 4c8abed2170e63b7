/** Prints one specimen of everything as JSON, for the reader in another language that proves the documents. */

import {
  PRINTED,
  base64url,
  fingerprint,
  lockWithPasskey,
  lockWithRecovery,
  newAccountKey,
  newRecoveryCode,
  passkeyHolder,
  proveSuccession,
  sealJobFile,
  wrapForDevice,
  wrapForHolder,
  wrapForNext,
} from "../src/index.ts";
import { ACCOUNT, DEVICE, randomBytes } from "./helpers.ts";

const [first, second, device] = [await newAccountKey(1), await newAccountKey(2), await newAccountKey(0)];
const [prf, code] = [randomBytes(32), newRecoveryCode()];
const passkey = await lockWithPasskey(ACCOUNT, "credential", prf);
const printed = await lockWithRecovery(ACCOUNT, code);
const files = [
  { name: "window.jpg", type: "image/jpeg", data: randomBytes(150_000) },
  { name: "empty.txt", type: "text/plain", data: randomBytes(0) },
];
const json = { number: "JB-K7-00012", customer: { name: "Zoë Łukasz" } };
const file = await sealJobFile(first.publicKey, ACCOUNT, 1, { json, files });

console.log(
  JSON.stringify({
    account: ACCOUNT,
    device_id: DEVICE,
    device: { pkcs8: base64url(device.secret.pkcs8), jwk: device.publicKey },
    fingerprint: await fingerprint(device.publicKey),
    prf: base64url(prf),
    code,
    first: { pkcs8: base64url(first.secret.pkcs8), jwk: first.publicKey },
    second: { pkcs8: base64url(second.secret.pkcs8), jwk: second.publicKey },
    succession: await proveSuccession(first.secret, ACCOUNT, second.publicKey),
    wraps: {
      device: await wrapForDevice(second.secret, ACCOUNT, DEVICE, device.publicKey),
      passkey: await wrapForHolder(second.secret, ACCOUNT, passkeyHolder("credential"), passkey.publicKey),
      recovery: await wrapForHolder(second.secret, ACCOUNT, PRINTED, printed.publicKey),
      next: await wrapForNext(first.secret, ACCOUNT, second.publicKey),
    },
    locked: { passkey: passkey.locked, recovery: printed.locked },
    file: base64url(file),
    json,
    files: files.map(({ name, type, data }) => ({ name, type, data: base64url(data) })),
  }),
);
