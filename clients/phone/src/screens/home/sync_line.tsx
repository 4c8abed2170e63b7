import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { progress } from "../../catalogue/download.ts";
import { held } from "../../catalogue/versions.ts";
import { t, tCode } from "../../i18n/t.ts";
import { ago, dayWords, timeWords } from "../../jobs/dates.ts";
import { check, checking, isStale } from "../../state/check.ts";
import { session } from "../../state/session.ts";
import { IconButton, Note, ProgressBar } from "../../ui/parts.tsx";

/** Which catalogue the prices come from and when it was last found right. Warns in words when that is too long ago. */
export function SyncLine() {
  const now = useMinute();
  const state = session.value;
  if (!state) return null;
  const since = state.checkedAt ? ago(state.checkedAt, now) : null;
  const words = since ? t("sync.line", { version: held.value, ago: t(since.key, { count: since.count }) }) : t("sync.never", { version: held.value });
  return (
    <div class="stack tight">
      <div class="row apart">
        <p class="small">{words}</p>
        <IconButton icon="refresh" label={t("sync.check")} onClick={() => void check()} />
      </div>
      {progress.value && <ProgressBar share={progress.value.done / progress.value.whole} label={t("download.title")} />}
      {!checking.value && <SyncWarning now={now} />}
    </div>
  );
}

function SyncWarning({ now }: { now: number }) {
  const state = session.value;
  if (!state) return null;
  const last = state.checkedAt ? t("sync.last_good", { when: `${dayWords(new Date(state.checkedAt).toISOString())}, ${timeWords(new Date(state.checkedAt).toISOString())}` }) : "";
  if (state.failedAt > state.checkedAt && state.failure !== "no_answer") {
    return <Note tone="warn">{tCode("failure", state.failure, "failure.other")} {last}</Note>;
  }
  if (isStale(now)) return <Note tone="warn" icon="clock">{t("sync.stale")} {last}</Note>;
  return null;
}

function useMinute(): number {
  const now = useSignal(Date.now());
  useEffect(() => {
    const timer = setInterval(() => (now.value = Date.now()), 20_000);
    return () => clearInterval(timer);
  }, []);
  return Math.max(now.value, session.value?.checkedAt ?? 0);
}
