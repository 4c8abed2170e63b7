import { t } from "../../i18n/t.ts";
import { session } from "../../state/session.ts";
import { installPrompt, install, installed } from "../../state/shell.ts";
import { unreadable } from "../../state/jobs.ts";
import { isClockWrong } from "../../state/clock.ts";
import { Button, Note } from "../../ui/parts.tsx";

/** What wants to be known before the list: approval, installing, a wrong clock, a record that cannot be read. */
export function Greetings() {
  return (
    <>
      {session.value?.deviceState === "pending" && <WaitingForApproval />}
      {isClockWrong() && <Note tone="warn" icon="clock">{t("clock.words")}</Note>}
      {unreadable.value.length > 0 && <Note tone="warn">{t("unreadable.words", { count: unreadable.value.length })}</Note>}
      {!installed.value && installPrompt.value && (
        <Note icon="device-mobile">
          {t("install.words")}
          <div><Button icon="download" onClick={() => void install()}>{t("install.action")}</Button></div>
        </Note>
      )}
    </>
  );
}

/** Until somebody confirmed this phone it works, but cannot open sealed jobs. */
export function WaitingForApproval() {
  return (
    <Note icon="device-mobile-check">
      <p class="strong">{t("approval.title")}</p>
      <p>{t("approval.words")}</p>
      {session.value?.fingerprint && <details><summary>{t("approval.show")}</summary><p class="fingerprint">{session.value.fingerprint}</p></details>}
    </Note>
  );
}
