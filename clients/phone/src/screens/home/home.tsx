import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../../i18n/t.ts";
import { stageOf, type Job, type Stage } from "../../jobs/model.ts";
import { hidden, startQuote } from "../../jobs/work.ts";
import { sending, sendNow } from "../../queue/send.ts";
import { isEditor } from "../../state/editor.ts";
import { byStage, jobOf, jobs } from "../../state/jobs.ts";
import { href } from "../../state/router.ts";
import { session } from "../../state/session.ts";
import { Icon } from "../../ui/icon.tsx";
import { Button, Empty } from "../../ui/parts.tsx";
import { Screen } from "../../ui/screen.tsx";
import { Greetings } from "./greetings.tsx";
import { JobEntry } from "./job_entry.tsx";
import { matches } from "./match.ts";
import { SyncLine } from "./sync_line.tsx";

const STAGES: readonly Stage[] = ["progress", "ready", "sent", "attention"];

/** All jobs by what is to be done with them, and the two things one does here: start a quote, send what is ready. On a wide screen it stands beside the job of that reference. */
export function Home({ beside = "" }: { beside?: string }) {
  const tab = useSignal<Stage>("progress");
  const open = jobOf(beside);
  const stage = open && stageOf(open);
  useEffect(() => void (stage && (tab.value = stage)), [beside, stage]);
  const search = useSignal("");
  const list = visible(search.value, tab.value);
  const count = byStage.value.ready.length;
  return (
    <Screen title={t("home.title")} subtitle={session.value?.account.name ?? ""} actions={<HomeActions />}
      tabs={<StageTabs tab={tab.value} onTab={(stage) => (tab.value = stage)} />}
      bottom={beside ? <Button icon="plus" wide disabled={!isEditor.value} onClick={() => void startQuote()}>{t("home.new")}</Button> : <>
        <Button icon="send" tall disabled={!count || !!sending.value || !isEditor.value} onClick={() => void sendNow()}>
          {t(sending.value ? "home.sending" : "home.send", { count })}
        </Button>
        <Button kind="primary" icon="plus" tall disabled={!isEditor.value} onClick={() => void startQuote()}>{t("home.new")}</Button>
      </>}>
      {!beside && <Greetings />}
      <SyncLine />
      {jobs.value.size > 4 && <SearchBox value={search.value} onInput={(value) => (search.value = value)} />}
      <div role="tabpanel" aria-label={t(`stage.${tab.value}`)}>
        {list.length ? <JobList jobs={list} open={beside} /> : <Nothing stage={tab.value} searching={!!search.value} />}
      </div>
    </Screen>
  );
}

function visible(search: string, tab: Stage): Job[] {
  const all = search ? [...jobs.value.values()] : byStage.value[tab];
  return all.filter((job) => !hidden.value.has(job.doc.job_ref) && matches(job, search));
}

function HomeActions() {
  return (
    <a class="button plain icon" href={href("settings")} aria-label={t("settings.title")}><Icon name="settings" size={24} /></a>
  );
}

function StageTabs({ tab, onTab }: { tab: Stage; onTab: (stage: Stage) => void }) {
  const move = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    const next = STAGES[(STAGES.indexOf(tab) + step + STAGES.length) % STAGES.length];
    if (!step || !next) return;
    onTab(next);
    (event.currentTarget as HTMLElement).querySelector<HTMLElement>(`[data-stage=${next}]`)?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label={t("home.lists")} onKeyDown={move}>
      {STAGES.map((stage) => (
        <button key={stage} type="button" role="tab" class="tab" data-stage={stage} aria-selected={tab === stage}
          tabIndex={tab === stage ? 0 : -1} onClick={() => onTab(stage)}>
          {t(`stage.${stage}`)}<span class="count">{byStage.value[stage].length}</span>
        </button>
      ))}
    </div>
  );
}

function SearchBox({ value, onInput }: { value: string; onInput: (value: string) => void }) {
  return (
    <input class="input" type="search" autocomplete="off" placeholder={t("home.search")} aria-label={t("home.search")} value={value}
      onInput={(event) => onInput(event.currentTarget.value)} />
  );
}

function JobList({ jobs: list, open }: { jobs: readonly Job[]; open: string }) {
  return <ul class="card list">{list.map((job) => <JobEntry key={job.doc.job_ref} job={job} open={job.doc.job_ref === open} />)}</ul>;
}

function Nothing({ stage, searching }: { stage: Stage; searching: boolean }) {
  if (searching) return <Empty title={t("home.none")}><p>{t("home.none.search")}</p></Empty>;
  return <Empty title={t(`home.empty.${stage}`)}><p>{t(`home.empty.${stage}.words`)}</p></Empty>;
}
