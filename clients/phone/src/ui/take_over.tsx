import { t } from "../i18n/t.ts";
import { isEditor, takeOver } from "../state/editor.ts";
import { useNewVersion, waitingWorker } from "../state/shell.ts";
import { flush } from "../state/jobs.ts";
import { Button, Note } from "./parts.tsx";

/** Shown where this tab may only look on, or where a newer version of the app waits. */
export function TakeOver() {
  if (!isEditor.value) {
    return (
      <Note icon="eye">
        {t("takeover.words")}
        <div><Button onClick={takeOver}>{t("takeover.action")}</Button></div>
      </Note>
    );
  }
  if (!waitingWorker.value) return null;
  return (
    <Note icon="refresh">
      {t("update.words")}
      <div><Button onClick={() => void flush().then(useNewVersion)}>{t("update.action")}</Button></div>
    </Note>
  );
}
