import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { held } from "../../catalogue/versions.ts";
import { t } from "../../i18n/t.ts";
import type { Unit } from "../../jobs/size.ts";
import { openFile } from "../../state/launch.ts";
import { check, checking } from "../../state/check.ts";
import { isEditor } from "../../state/editor.ts";
import { flush, retryWrites, storageFull } from "../../state/jobs.ts";
import { chosenUnit, keepDays, theme, type Theme } from "../../state/preferences.ts";
import { go, href } from "../../state/router.ts";
import { lock, session } from "../../state/session.ts";
import { persisted } from "../../state/shell.ts";
import { unit } from "../../state/unit.ts";
import { Icon } from "../../ui/icon.tsx";
import { Button, Mark, Note, Segments, Stepper } from "../../ui/parts.tsx";
import { Screen } from "../../ui/screen.tsx";
import { WaitingForApproval } from "../home/greetings.tsx";
import { SyncLine } from "../home/sync_line.tsx";
import { megabytes } from "../welcome/megabytes.ts";
import { BackupPart } from "./backup.tsx";
import { OpeningPart } from "./opening.tsx";

/** Whose phone this is, how it opens, what it holds, and how it looks. */
export function SettingsScreen() {
  const close = (): void => void flush().then(lock);
  return (
    <Screen title={t("settings.title")} back={() => go()} bottom={<Button icon="lock" tall wide onClick={close}>{t("settings.lock")}</Button>}>
      <Phone />
      <section class="stack tight"><h2>{t("settings.catalogue", { version: held.value })}</h2><SyncLine />
        <Button icon="refresh" disabled={checking.value || !isEditor.value} onClick={() => void check()}>{t(checking.value ? "sync.checking" : "sync.check")}</Button>
      </section>
      <OpeningPart />
      <Looks />
      <Store />
      <BackupPart />
      <OpenJobFile />
      <ShopKey />
      <section class="stack tight"><h2>{t("settings.unregister")}</h2><p class="small">{t("settings.unregister.words")}</p></section>
    </Screen>
  );
}

function Phone() {
  const state = session.value;
  if (!state) return null;
  const approved = state.deviceState === "approved";
  return (
    <section class="stack tight">
      <h2>{state.user.name} ({state.user.user_id})</h2>
      <p class="small words">{state.account.name} · {state.account.email}</p>
      <p class="small">{t("settings.mark", { mark: `${state.user.user_id}-${state.mark}` })}</p>
      {approved ? <Mark tone="good" icon="device-mobile-check">{t("settings.approved")}</Mark> : <WaitingForApproval />}
      {approved && state.fingerprint && <details><summary>{t("approval.fingerprint")}</summary><p class="fingerprint">{state.fingerprint}</p></details>}
      {approved && <a class="button" href={href("approve")}><Icon name="fingerprint" />{t("approve.title")}</a>}
    </section>
  );
}

function Looks() {
  const themes: readonly (readonly [Theme, string])[] = [["auto", t("theme.auto")], ["light", t("theme.light")], ["dark", t("theme.dark")]];
  const units: readonly (readonly [Unit, string])[] = [["mm", t("unit.mm")], ["cm", t("unit.cm")], ["inch", t("unit.inch")]];
  return (
    <section class="stack">
      <Segments name="theme" legend={t("settings.theme")} value={theme.value} options={themes} onChange={(value) => (theme.value = value)} />
      <Segments name="unit" legend={t("settings.unit")} value={unit.value} options={units} onChange={(value) => (chosenUnit.value = value)} />
    </section>
  );
}

/** What lies on the phone, whether the browser may clear it, and for how long sent jobs stay. */
function Store() {
  const used = useSignal({ usage: 0, quota: 0 });
  useEffect(() => void navigator.storage?.estimate?.().then(({ usage = 0, quota = 0 }) => (used.value = { usage, quota })), []);
  return (
    <section class="stack tight">
      <h2>{t("settings.store")}</h2>
      <p class="small">{t("settings.store.used", { used: megabytes(used.value.usage), quota: megabytes(used.value.quota) })}</p>
      <Mark tone={persisted.value ? "good" : "muted"} icon="database">{t(persisted.value ? "settings.store.kept" : "settings.store.may_go")}</Mark>
      {!persisted.value && <p class="small">{t("settings.store.may_go.words")}</p>}
      {storageFull.value && <Note tone="bad">{t("settings.store.full")}<div><Button onClick={retryWrites}>{t("settings.store.retry")}</Button></div></Note>}
      <div class="row apart"><span>{t("settings.keep")}</span><Stepper label={t("settings.keep")} value={keepDays.value} min={7} max={3650} onChange={(days) => (keepDays.value = days)} /></div>
    </section>
  );
}

/** Which key this phone seals with, and where it is renewed: not here. */
function ShopKey() {
  const keys = session.value?.keys;
  return (
    <section class="stack tight">
      <h2>{t("settings.key")}</h2>
      <p class="small">{keys ? t("settings.key.which", { generation: keys.generation }) : t("settings.key.none")}</p>
      {keys && <p class="small">{t("settings.key.words")}</p>}
    </section>
  );
}

function OpenJobFile() {
  const take = (input: HTMLInputElement): void => {
    const file = input.files?.[0];
    if (file) void openFile(file);
    input.value = "";
  };
  return (
    <section class="stack tight">
      <h2>{t("settings.job_file")}</h2>
      <p class="small">{t("settings.job_file.words")}</p>
      <label class="button"><Icon name="upload" />{t("settings.job_file.open")}<input class="only-read" type="file" accept=".allonce" disabled={!isEditor.value} onChange={(event) => take(event.currentTarget)} /></label>
    </section>
  );
}
