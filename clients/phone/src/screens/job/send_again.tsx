import { useSignal } from "@preact/signals";
import type { Delivery } from "../../api/types.ts";
import { t } from "../../i18n/t.ts";
import type { Job } from "../../jobs/model.ts";
import { isEmail } from "../../jobs/validate.ts";
import { sendTo } from "../../jobs/work.ts";
import { resend, sending } from "../../queue/send.ts";
import { isEditor } from "../../state/editor.ts";
import { online } from "../../state/network.ts";
import { Button, Note } from "../../ui/parts.tsx";
import { Field } from "../../ui/field.tsx";
import { Sheet } from "../../ui/sheet.tsx";

/** The customer's mail, where it failed or may have failed. */
export function failedMail(job: Job): Delivery | undefined {
  return job.deliveries.find((one) => one.role === "customer" && (one.state === "uncertain" || one.state === "bounced" || one.state === "refused"));
}

/** An uncertain mail may have arrived: only a person decides to send it again, after reading so. A wrong address is put right here. */
export function SendAgain({ job, failed }: { job: Job; failed: Delivery }) {
  const asking = useSignal(false);
  const { email } = job.doc.customer;
  return (
    <>
      <Note tone="warn">
        {t(failed.state === "uncertain" ? "resend.uncertain" : "resend.failed", { email })}
        <div><Button icon="rotate-clockwise-2" disabled={!isEditor.value || !!sending.value} onClick={() => (asking.value = true)}>{t("resend.action")}</Button></div>
      </Note>
      {asking.value && <AskAddress job={job} failed={failed} onClose={() => (asking.value = false)} />}
    </>
  );
}

function AskAddress({ job, failed, onClose }: { job: Job; failed: Delivery; onClose: () => void }) {
  const { email } = job.doc.customer;
  const typed = useSignal(email);
  const address = typed.value.trim();
  const changed = address !== email;
  const send = (): void => {
    if (changed) void sendTo(job.doc.job_ref, address);
    else void resend(job.doc.job_ref);
    onClose();
  };
  return (
    <Sheet title={t("resend.title")} onClose={onClose}>
      <Field label={t("resend.address")} type="email" inputMode="email" capitals="none" maxLength={254} value={typed.value} onInput={(value) => (typed.value = value)}
        error={isEmail(address) ? "" : t("check.email")} />
      <p>{changed ? t("resend.corrected", { revision: job.doc.revision + 1 }) : t(failed.state === "uncertain" ? "resend.ask" : "resend.same", { email })}</p>
      {!online.value && <Note icon="wifi-off">{t(changed ? "resend.offline.later" : "resend.offline")}</Note>}
      <Button kind="primary" tall wide disabled={!isEmail(address) || (!changed && !online.value)} onClick={send}>{t(changed ? "resend.to" : "resend.action")}</Button>
      <Button tall wide onClick={onClose}>{t("part.cancel")}</Button>
    </Sheet>
  );
}
