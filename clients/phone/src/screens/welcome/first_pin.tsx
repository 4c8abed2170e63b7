import { t } from "../../i18n/t.ts";
import { session, setFirstPin } from "../../state/session.ts";
import { Gate } from "./gate.tsx";
import { NewPin } from "./new_pin.tsx";

/** Second step: the key to everything that will be written on this phone. */
export function FirstPin() {
  const { user, account } = session.value ?? {};
  return (
    <Gate step={2}>
      <div class="stack tight">
        <h1>{t("pin.title", { name: user?.name.split(" ")[0] ?? "" })}</h1>
        <p class="muted">{t("pin.lead", { shop: account?.name ?? "" })}</p>
      </div>
      <NewPin onChosen={setFirstPin} />
      <p class="small muted">{t("pin.forgotten")}</p>
    </Gate>
  );
}
