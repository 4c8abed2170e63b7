import { useSignal } from "@preact/signals";
import { t } from "../../i18n/t.ts";
import { patch, patchCustomer } from "../../jobs/actions.ts";
import type { Customer, JobDocument } from "../../jobs/model.ts";
import { customerFaults } from "../../jobs/validate.ts";
import { change } from "../../jobs/work.ts";
import { isEditor } from "../../state/editor.ts";
import { go } from "../../state/router.ts";
import { Field } from "../../ui/field.tsx";
import { Button } from "../../ui/parts.tsx";
import { Screen } from "../../ui/screen.tsx";
import type { TabProps } from "./frame.ts";

/** Who it is for, where it is, and when. Complaints appear beside a field once one has left it. */
export function CustomerTab({ job, frame }: TabProps) {
  const { doc } = job;
  const left = useSignal<ReadonlySet<keyof Customer>>(new Set());
  const faults = customerFaults(doc.customer, false);
  const set = (field: keyof Customer) => (value: string): void => change(doc.job_ref, patchCustomer({ [field]: value }));
  const leave = (field: keyof Customer) => (): void => void (left.value = new Set([...left.value, field]));
  const error = (field: keyof Customer): string => (faults[field] && left.value.has(field) ? t(`check.${faults[field]}`) : "");
  const shared = (field: "name" | "company" | "email" | "phone" | "postcode") => ({
    label: t(`customer.${field}`), value: doc.customer[field], onInput: set(field), onBlur: leave(field), error: error(field), disabled: !isEditor.value,
  });
  return (
    <Screen {...frame} bottom={<Button kind="primary" tall onClick={() => go("job", doc.job_ref, "windows")}>{t("customer.next")}</Button>}>
      <div class="stack">
        <Field {...shared("name")} capitals="words" />
        <Field {...shared("email")} type="email" inputMode="email" capitals="none" hint={t("customer.email.hint")} />
        <Field {...shared("phone")} type="tel" inputMode="tel" />
        <Address doc={doc} />
        <Field {...shared("postcode")} capitals="characters" maxLength={12} />
        <Field {...shared("company")} capitals="words" />
        <More doc={doc} />
      </div>
    </Screen>
  );
}

function Address({ doc }: { doc: JobDocument }) {
  const set = (value: string): void => change(doc.job_ref, patchCustomer({ address: value.split("\n") }));
  return <Field label={t("customer.address")} lines={3} value={doc.customer.address.join("\n")} onInput={set} capitals="words" disabled={!isEditor.value} />;
}

/** What most jobs do not need: another place to measure, an appointment, notes for the surveyor. */
function More({ doc }: { doc: JobDocument }) {
  const site = doc.site;
  const set = (next: Partial<JobDocument>): void => change(doc.job_ref, patch(next));
  if (!site) return <Button kind="plain" icon="plus" onClick={() => set({ site: { address: [], postcode: "" } })}>{t("customer.site.add")}</Button>;
  return (
    <div class="stack">
      <h2>{t("customer.site")}</h2>
      <Field label={t("customer.address")} lines={3} value={site.address.join("\n")} capitals="words"
        onInput={(value) => set({ site: { ...site, address: value.split("\n") } })} />
      <Field label={t("customer.postcode")} value={site.postcode} capitals="characters" onInput={(postcode) => set({ site: { ...site, postcode } })} />
      <Button kind="plain" icon="trash" onClick={() => set({ site: null })}>{t("customer.site.remove")}</Button>
    </div>
  );
}
