// Users and devices: approving a phone seals the account's key to it, in this browser.
import "./styles/keys.css";
import { type PublicJwk, fingerprint, wrapForDevice } from "@allonce/sealing";
import { hasKey, loadKeys } from "./account_key/state";
import { unlock } from "./account_key/unlock";
import { Told, telling } from "./manners/problem";
import { t } from "./manners/words";
import { ask } from "./webauthn/server";

const card = document.getElementById("approve");
const same = document.querySelector<HTMLInputElement>("#same");
const approve = document.querySelector<HTMLButtonElement>("#approve-button");

same?.addEventListener("change", () => {
  if (approve) approve.disabled = !same.checked;
});
approve?.addEventListener("click", () => void telling(approveDevice));

async function approveDevice(): Promise<void> {
  const { device = "", sealKey = "{}", post = "", state = "", back = "" } = card?.dataset ?? {};
  const key = JSON.parse(sealKey) as PublicJwk;
  const shown = card?.dataset.fingerprint ?? "";
  // The digits on the screen came from the server: what is approved is what they stand for.
  if ((await fingerprint(key)) !== shown) throw new Told(t("The digits shown do not belong to this phone's key. Do not approve it."));
  const keys = await loadKeys(state);
  const offer = { fingerprint: shown, wrap: "", generation: 0 };
  if (hasKey(keys)) {
    const ring = await unlock(keys);
    offer.wrap = await wrapForDevice(ring.current, keys.account_id, device, key);
    offer.generation = keys.key.generation;
  }
  await ask(post, offer);
  location.assign(back);
}
