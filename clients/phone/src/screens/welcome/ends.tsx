import { t } from "../../i18n/t.ts";
import { openPhone, stage } from "../../state/session.ts";
import { Button, Note } from "../../ui/parts.tsx";
import { Gate } from "./gate.tsx";

/** After unregistering: nothing of the shop is left here. */
export function Removed() {
  return (
    <Gate>
      <h1>{t("removed.title")}</h1>
      <Note icon="lock">{t("removed.words")}</Note>
      <Button kind="primary" tall wide onClick={() => void openPhone()}>{t("removed.action")}</Button>
    </Gate>
  );
}

/** The browser gives no store, as in some private windows: say so rather than lose work later. */
export function Broken() {
  const again = (): void => void openPhone().catch(() => (stage.value = "broken"));
  return (
    <Gate>
      <h1>{t("broken.title")}</h1>
      <Note tone="warn">{t("broken.words")}</Note>
      <Button tall wide onClick={again}>{t("broken.action")}</Button>
    </Gate>
  );
}
