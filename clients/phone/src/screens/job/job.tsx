import { t } from "../../i18n/t.ts";
import { itemOf } from "../../jobs/actions.ts";
import { customerLine, isLocked, productsUsed, type Job } from "../../jobs/model.ts";
import { useCatalogue } from "../../catalogue/use.ts";
import { catalogueOf } from "../../jobs/price.ts";
import { jobOf } from "../../state/jobs.ts";
import { go, href } from "../../state/router.ts";
import { Button, Empty } from "../../ui/parts.tsx";
import { Screen } from "../../ui/screen.tsx";
import { ItemScreen } from "../item/item.tsx";
import { Compare } from "../quote/compare.tsx";
import { QuoteTab } from "../quote/quote_tab.tsx";
import { Paper } from "../quote/paper.tsx";
import { Sign } from "../quote/sign.tsx";
import { CustomerTab } from "./customer.tsx";
import { JobMenu } from "./menu.tsx";
import { SentJob } from "./sent.tsx";
import { WindowsTab } from "./windows.tsx";

export interface JobPart {
  job: Job;
}

/** Everything about one job, by the address after "#/job/<ref>/". */
export function JobScreen({ path }: { path: readonly string[] }) {
  const [ref = "", part = "", id = ""] = path;
  const job = jobOf(ref);
  const loaded = useCatalogue(job?.doc.catalogue_version ?? 0, job ? productsUsed(job.doc) : []);
  if (!job) return <Screen title={t("job.gone")} back={() => go()}><Empty title={t("job.gone")}><p>{t("job.gone.words")}</p></Empty></Screen>;
  if (part === "paper") return <Paper job={job} />;
  if (isLocked(job)) return <SentJob job={job} />;
  if (!loaded) return <p class="boot">{t("app.opening")}</p>;
  if (!catalogueOf(job.doc)) return <Missing job={job} />;
  const item = part === "item" ? itemOf(job.doc, id) : null;
  if (item) return <ItemScreen key={item.id} job={job} item={item} />;
  if (part === "compare") return <Compare job={job} />;
  if (part === "sign") return <Sign job={job} />;
  return <JobTabs job={job} part={part} />;
}

const TABS = ["customer", "windows", "quote"] as const;

function JobTabs({ job, part }: JobPart & { part: string }) {
  const tab = TABS.find((one) => one === part) ?? "windows";
  const ref = job.doc.job_ref;
  const title = customerLine(job.doc.customer) || t("job.unnamed");
  const tabs = (
    <nav class="tabs" aria-label={t("job.parts")}>
      {TABS.map((one) => <a key={one} class="tab" href={href("job", ref, one)} aria-current={tab === one ? "page" : undefined}>{t(`job.tab.${one}`)}</a>)}
    </nav>
  );
  const frame = { title, subtitle: job.doc.number, tabs, back: () => go(), actions: <JobMenu job={job} /> };
  if (tab === "customer") return <CustomerTab job={job} frame={frame} />;
  return tab === "windows" ? <WindowsTab job={job} frame={frame} /> : <QuoteTab job={job} frame={frame} />;
}

/** A job from another phone may need a catalogue version that this phone never had. */
function Missing({ job }: JobPart) {
  return (
    <Screen title={customerLine(job.doc.customer) || t("job.unnamed")} subtitle={job.doc.number} back={() => go()}
      bottom={<Button kind="primary" tall onClick={() => go("job", job.doc.job_ref, "paper")}>{t("quote.show")}</Button>}>
      <Empty title={t("job.no_catalogue", { version: job.doc.catalogue_version })}><p>{t("job.no_catalogue.words")}</p></Empty>
    </Screen>
  );
}
