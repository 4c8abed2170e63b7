import { t, tCode } from "../../i18n/t.ts";
import { stageOf, type Job } from "../../jobs/model.ts";
import type { Delivery, DeliveryState } from "../../api/types.ts";
import { Mark, type Tone } from "../../ui/parts.tsx";

const SHAPES: Record<DeliveryState, readonly [Tone, string]> = {
  accepted: ["good", "mail-check"],
  delivered: ["good", "circle-check"],
  refused: ["bad", "mail-x"],
  bounced: ["bad", "arrow-back-up"],
  uncertain: ["warn", "mail-question"],
  retry: ["muted", "clock"],
};

/** How a job stands: a word, a colour and a shape. */
export function JobMark({ job }: { job: Job }) {
  const stage = stageOf(job);
  if (stage === "progress") return <Mark tone="muted" icon="pencil">{t("mark.progress")}</Mark>;
  if (stage === "sent") return <Mark tone="good" icon="mail-check">{t("mark.sent")}</Mark>;
  if (stage === "ready") {
    return <Mark tone="muted" icon="clock">{job.waiting ? tCode("waiting", job.waiting.code, "waiting.other") : t("mark.ready")}</Mark>;
  }
  const failed = job.deliveries.find((one) => one.state !== "accepted" && one.state !== "delivered");
  if (job.trouble || !failed) return <Mark tone="warn">{tCode("trouble.short", job.trouble?.code ?? "", "trouble.short.other")}</Mark>;
  return <DeliveryMark delivery={failed} />;
}

export function DeliveryMark({ delivery }: { delivery: Delivery }) {
  const [tone, icon] = SHAPES[delivery.state];
  return <Mark tone={tone} icon={icon}>{t(`delivery.${delivery.role}.${delivery.state}`)}</Mark>;
}
