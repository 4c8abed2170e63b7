import { t } from "../../i18n/t.ts";
import { dayWords } from "../../jobs/dates.ts";
import { chosenProposal, customerLine, type Job } from "../../jobs/model.ts";
import { money } from "../../jobs/money.ts";
import { sending } from "../../queue/send.ts";
import { href } from "../../state/router.ts";
import { JobMark } from "../job/job_mark.tsx";
import { ProgressBar } from "../../ui/parts.tsx";

/** One job in a list: who, what, how much, and how it stands. */
export function JobEntry({ job, open }: { job: Job; open: boolean }) {
  const { doc } = job;
  const items = chosenProposal(doc).items.reduce((sum, item) => sum + item.quantity, 0);
  const mine = sending.value?.ref === doc.job_ref ? sending.value : null;
  return (
    <li>
      <a class="entry" href={href("job", doc.job_ref)} aria-current={open ? "page" : undefined}>
        <div class="grow stack tight">
          <div class="row apart">
            <span class="strong clip">{customerLine(doc.customer) || t("job.unnamed")}</span>
            <span class="strong number">{doc.totals?.ok && doc.totals.lines.length ? money(doc.totals.total, doc.totals.currency) : ""}</span>
          </div>
          <div class="row apart small muted">
            <span class="clip">{doc.number} · {dayWords(doc.date)} · {t("job.items", { count: items })}</span>
          </div>
          {mine ? <ProgressBar share={mine.share} label={t("strip.sending")} /> : <JobMark job={job} />}
        </div>
      </a>
    </li>
  );
}
