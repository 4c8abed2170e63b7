import { useSignal } from "@preact/signals";
import type { Conv } from "../../api/types.ts";
import { t } from "../../i18n/t.ts";
import { canTake, somebodyIn } from "../../logic/forwarding.ts";
import { act } from "../../state/actions.ts";
import { colleagues, departments, me, openCount } from "../../state/store.ts";
import { Field } from "../../ui/field.tsx";
import { Button, Note, Person } from "../../ui/parts.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { say } from "../../ui/toast.tsx";

type Target = { to: string } | { department: string };

export function ForwardDialog({ conv, onClose }: { conv: Conv; onClose: () => void }) {
  const target = useSignal<Target | null>(null);
  const whisper = useSignal("");
  const forward = async (): Promise<void> => {
    if (!target.value) return;
    if (!(await act(conv.id, "forward", { ...target.value, whisper: whisper.value.trim() }))) return;
    say(t("forward.done", { name: nameOf(target.value) }));
    onClose();
  };
  const able = colleagues.value.filter((one) => one.presence === "online");
  return (
    <Sheet title={t("forward.title")} onClose={onClose} foot={
      <><Button kind="plain" onClick={onClose}>{t("act.cancel")}</Button><Button kind="primary" icon="share-3" disabled={!target.value} onClick={() => void forward()}>{t("forward.do")}</Button></>
    }>
      {!able.length && <Note icon="user-off" tone="warn">{t("forward.nobody")}</Note>}
      <fieldset class="choices">
        <legend>{t("forward.colleague")}</legend>
        {colleagues.value.map((one) => (
          <label key={one.id} class="choice">
            <input type="radio" name="target" disabled={!canTake(one, openCount(one.id))} checked={isChosen(target.value, one.id)} onChange={() => (target.value = { to: one.id })} />
            <Person who={one}><span class="muted"> · {t("forward.full", { open: openCount(one.id), limit: one.limit })}{me.value.off_shift.includes(one.id) && ` · ${t("forward.off_shift")}`}</span></Person>
          </label>
        ))}
      </fieldset>
      {departments.value.length > 0 && (
        <fieldset class="choices">
          <legend>{t("forward.department")}</legend>
          {departments.value.map((one) => ({ ...one, able: somebodyIn(one.id, colleagues.value, openCount, me.value.off_shift) })).map((one) => (
            <label key={one.id} class="choice">
              <input type="radio" name="target" disabled={!one.able} checked={isChosen(target.value, one.id)} onChange={() => (target.value = { department: one.id })} />
              <span><span class="strong">{one.title}</span>{!one.able && <span class="muted"> · {t("forward.empty")}</span>}</span>
            </label>
          ))}
        </fieldset>
      )}
      <Field label={t("forward.whisper")} hint={t("forward.whisper.hint")} lines={3} maxLength={4000} value={whisper.value} onInput={(text) => (whisper.value = text)} />
    </Sheet>
  );
}

function isChosen(target: Target | null, id: string): boolean {
  return target !== null && Object.values(target).includes(id);
}

function nameOf(target: Target): string {
  if ("to" in target) return colleagues.peek().find((one) => one.id === target.to)?.name ?? "";
  return departments.peek().find((one) => one.id === target.department)?.title ?? "";
}
