import { useSignal } from "@preact/signals";
import { t } from "../../i18n/t.ts";
import { patch } from "../../jobs/actions.ts";
import type { Job, Kind } from "../../jobs/model.ts";
import { change, discardJob } from "../../jobs/work.ts";
import { isEditor } from "../../state/editor.ts";
import { saveJobFile } from "../../media/job_file.ts";
import { Field } from "../../ui/field.tsx";
import { Button, IconButton, Note, Segments } from "../../ui/parts.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { session } from "../../state/session.ts";

const KINDS: readonly Kind[] = ["quote", "order", "invoice"];

/** What one needs of a job now and then: its kind, notes, its file, and the end of it. */
export function JobMenu({ job }: { job: Job }) {
  const open = useSignal(false);
  return (
    <>
      <IconButton icon="dots-vertical" label={t("job.menu")} onClick={() => (open.value = true)} />
      {open.value && <MenuSheet job={job} onClose={() => (open.value = false)} />}
    </>
  );
}

function MenuSheet({ job, onClose }: { job: Job; onClose: () => void }) {
  const { doc } = job;
  const note = (who: "customer" | "fitter") => (words: string): void => change(doc.job_ref, patch({ notes: { ...doc.notes, [who]: words } }));
  return (
    <Sheet title={doc.number} onClose={onClose}>
      <Segments name="kind" legend={t("job.kind")} value={doc.kind} disabled={!isEditor.value}
        options={KINDS.map((kind) => [kind, t(`kind.${kind}`)] as const)} onChange={(kind) => change(doc.job_ref, patch({ kind }))} />
      <Field label={t("job.appointment")} type="datetime-local" value={doc.appointment?.start ?? ""}
        onInput={(start) => change(doc.job_ref, patch({ appointment: start ? { start } : null }))} />
      <Field label={t("job.notes.customer")} lines={2} value={doc.notes.customer} onInput={note("customer")} hint={t("job.notes.customer.hint")} />
      <Field label={t("job.notes.fitter")} lines={2} value={doc.notes.fitter} onInput={note("fitter")} hint={t("job.notes.fitter.hint")} />
      {session.value?.keys
        ? <Button icon="download" onClick={() => void saveJobFile(job)}>{t("job.file.save")}</Button>
        : <Note>{t("job.file.no_key")}</Note>}
      {doc.revision === 1 && <Button kind="danger" icon="trash" disabled={!isEditor.value} onClick={() => discardJob(doc.job_ref)}>{t("job.delete", { number: doc.number })}</Button>}
    </Sheet>
  );
}
