import { progress } from "../../catalogue/download.ts";
import { t, tCode } from "../../i18n/t.ts";
import { check, checking } from "../../state/check.ts";
import { session } from "../../state/session.ts";
import { isEditor, takeOver } from "../../state/editor.ts";
import { Button, Note, ProgressBar } from "../../ui/parts.tsx";
import { Gate } from "./gate.tsx";
import { megabytes } from "./megabytes.ts";

/** Third step: prices and products come down. A break costs nothing: it goes on where it stopped. */
export function FirstCatalogue() {
  const now = progress.value;
  const failure = session.value?.failure;
  const share = now?.whole ? now.done / now.whole : 0;
  return (
    <Gate step={3}>
      <div class="stack tight">
        <h1>{t("download.title")}</h1>
        <p class="muted">{t("download.lead", { shop: session.value?.account.name ?? "" })}</p>
      </div>
      <div class="stack tight">
        <ProgressBar share={share} label={t("download.title")} />
        <p class="small row apart">
          <span>{now ? t("download.done", { done: megabytes(now.done), whole: megabytes(now.whole) }) : t(checking.value ? "download.asking" : "download.waiting")}</span>
          <span class="strong">{now ? `${Math.round(share * 100)}%` : ""}</span>
        </p>
      </div>
      {!isEditor.value && <Note>{t("takeover.words")}<div><Button onClick={takeOver}>{t("takeover.action")}</Button></div></Note>}
      {!checking.value && isEditor.value && (
        <Note tone={failure ? "warn" : "muted"}>
          {failure ? tCode("failure", failure, "failure.other") : t("download.none")}
          <div><Button icon="refresh" onClick={() => void check()}>{t("download.again")}</Button></div>
        </Note>
      )}
    </Gate>
  );
}
