import { t, tCode } from "../../i18n/t.ts";
import { dayWords, timeWords } from "../../jobs/dates.ts";
import { customerLine, isAccepted, type Job } from "../../jobs/model.ts";
import { money } from "../../jobs/money.ts";
import { reopen } from "../../jobs/work.ts";
import { sending, sendNow } from "../../queue/send.ts";
import { isEditor } from "../../state/editor.ts";
import { online } from "../../state/network.ts";
import { go } from "../../state/router.ts";
import { Button, Note, ProgressBar } from "../../ui/parts.tsx";
import { Screen } from "../../ui/screen.tsx";
import { DeliveryMark, JobMark } from "./job_mark.tsx";
import { JobMenu } from "./menu.tsx";
import { failedMail, SendAgain } from "./send_again.tsx";

/** A job that is complete: where its mails are, and what a person may do about it. */
export function SentJob({ job }: { job: Job }) {
  const { doc } = job;
  const failed = failedMail(job);
  const mine = sending.value?.ref === doc.job_ref ? sending.value : null;
  return (
    <Screen title={customerLine(doc.customer)} subtitle={`${doc.number} · ${t("job.revision", { revision: doc.revision })}`} back={() => go()} actions={<JobMenu job={job} />}
      bottom={<Actions job={job} />}>
      <div class="card pad stack">
        <div class="row apart wrap"><span class="figure">{doc.totals ? money(doc.totals.total, doc.totals.currency) : ""}</span><JobMark job={job} /></div>
        {mine && <ProgressBar share={mine.share} label={t("strip.sending")} />}
        <p class="small">{t("sent.completed", { when: `${dayWords(doc.completed_at ?? "")}, ${timeWords(doc.completed_at ?? "")}` })}</p>
      </div>
      {job.trouble && <Note tone="warn">{tCode("trouble", job.trouble.code, "trouble.other")} {job.trouble.detail}</Note>}
      {job.waiting && <Note icon="clock">{tCode("waiting.words", job.waiting.code, "waiting.words.other")}</Note>}
      <Deliveries job={job} />
      {failed && <SendAgain job={job} failed={failed} />}
    </Screen>
  );
}

function Actions({ job }: { job: Job }) {
  const again = isAccepted(job) || job.deliveries.length > 0;
  return (
    <>
      <Button tall disabled={!isEditor.value || !!sending.value} onClick={() => reopen(job.doc.job_ref)}>{t(again ? "sent.revise" : "sent.reopen")}</Button>
      {!again && !job.trouble
        ? <Button kind="primary" icon="send" tall disabled={!online.value || !!sending.value || !isEditor.value} onClick={() => void sendNow()}>{t("sent.send")}</Button>
        : <Button kind="primary" icon="file-invoice" tall onClick={() => go("job", job.doc.job_ref, "paper")}>{t("quote.show")}</Button>}
    </>
  );
}

function Deliveries({ job }: { job: Job }) {
  if (!job.deliveries.length) return <Note icon="lock">{t("sent.kept")}</Note>;
  return (
    <ul class="card list" aria-label={t("sent.mails")}>
      {job.deliveries.map((one) => (
        <li key={one.role} class="entry">
          <div class="stack tight grow">
            <span class="strong">{t(one.role === "customer" ? "sent.to.customer" : "sent.to.shop", { email: job.doc.customer.email })}</span>
            <DeliveryMark delivery={one} />
            {one.reason && <span class="small words">{tCode("reason", one.reason, "reason.other")}</span>}
            <span class="small muted">{one.at ? `${dayWords(one.at)}, ${timeWords(one.at)}` : ""}</span>
          </div>
        </li>
      ))}
    </ul>
  );
}
