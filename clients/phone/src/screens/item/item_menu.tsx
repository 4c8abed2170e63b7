import { useSignal } from "@preact/signals";
import { t } from "../../i18n/t.ts";
import { addItem, copyItem, patchItem, removeItem } from "../../jobs/actions.ts";
import type { Item, Job } from "../../jobs/model.ts";
import { change } from "../../jobs/work.ts";
import { isEditor } from "../../state/editor.ts";
import { go, replace } from "../../state/router.ts";
import { parsePercent } from "../../jobs/money.ts";
import { Field } from "../../ui/field.tsx";
import { Button, IconButton } from "../../ui/parts.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { say } from "../../ui/toast.tsx";

/** Name, copies and removal of one window. */
export function ItemMenu({ job, item }: { job: Job; item: Item }) {
  const open = useSignal(false);
  return (
    <>
      <IconButton icon="dots-vertical" label={t("item.menu")} onClick={() => (open.value = true)} />
      {open.value && <MenuSheet job={job} item={item} onClose={() => (open.value = false)} />}
    </>
  );
}

function MenuSheet({ job, item, onClose }: { job: Job; item: Item; onClose: () => void }) {
  const { doc } = job;
  const copyTo = (room: string): void => {
    const copy = copyItem(doc, item, room, t("windows.label"));
    change(doc.job_ref, addItem(copy));
    onClose();
    say(t("item.copied", { label: copy.label }));
    replace("job", doc.job_ref, "item", copy.id);
  };
  const remove = (): void => {
    const before = doc.proposals;
    change(doc.job_ref, removeItem(item.id));
    say(t("item.removed", { label: item.label }), () => change(doc.job_ref, (now) => ({ ...now, proposals: before })));
    go("job", doc.job_ref, "windows");
  };
  return (
    <Sheet title={item.label} onClose={onClose}>
      <Field label={t("item.label")} value={item.label} disabled={!isEditor.value} onInput={(label) => change(doc.job_ref, patchItem(item.id, { label }))} />
      <ItemDiscount job={job} item={item} />
      <h3>{t("item.copy")}</h3>
      <div class="row wrap">
        {doc.rooms.map((room) => <Button key={room.id} icon="copy" disabled={!isEditor.value} onClick={() => copyTo(room.id)}>{room.id === item.room ? t("item.copy.here") : room.name}</Button>)}
      </div>
      <Button kind="danger" icon="trash" disabled={!isEditor.value} onClick={remove}>{t("item.remove", { label: item.label })}</Button>
    </Sheet>
  );
}

function ItemDiscount({ job, item }: { job: Job; item: Item }) {
  const text = useSignal(item.discount_bp ? String(item.discount_bp / 100) : "");
  const wrong = useSignal(false);
  const set = (typed: string): void => {
    text.value = typed;
    const bp = typed ? parsePercent(typed) : 0;
    wrong.value = bp === null;
    if (bp !== null) change(job.doc.job_ref, patchItem(item.id, { discount_bp: bp }));
  };
  return <Field label={t("item.discount")} inputMode="decimal" value={text.value} onInput={set} error={wrong.value ? t("check.percent") : ""} disabled={!isEditor.value} />;
}
