import { t } from "../../i18n/t.ts";
import type { JobDocument } from "../../jobs/model.ts";
import { change } from "../../jobs/work.ts";
import { isEditor } from "../../state/editor.ts";
import { Field } from "../../ui/field.tsx";
import { Button } from "../../ui/parts.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { say } from "../../ui/toast.tsx";
import { PhotoImage } from "./photo_image.tsx";

/** One photo, large, with its caption. Removing it can be undone: the bytes stay until the job goes. */
export function PhotoSheet({ doc, id, onClose }: { doc: JobDocument; id: string; onClose: () => void }) {
  const photo = doc.photos.find((one) => one.id === id);
  if (!photo) return null;
  const caption = (words: string): void => change(doc.job_ref, (now) => ({ ...now, photos: now.photos.map((one) => (one.id === id ? { ...one, caption: words } : one)) }));
  const remove = (): void => {
    change(doc.job_ref, (now) => withoutPhoto(now, id));
    say(t("pictures.removed"), () => change(doc.job_ref, (now) => ({ ...now, photos: doc.photos, proposals: doc.proposals })));
    onClose();
  };
  return (
    <Sheet title={t("pictures.photo")} onClose={onClose}>
      <PhotoImage id={id} alt={photo.caption || t("pictures.photo")} />
      <Field label={t("pictures.caption")} value={photo.caption} onInput={caption} disabled={!isEditor.value} />
      <Button kind="danger" icon="trash" disabled={!isEditor.value} onClick={remove}>{t("pictures.remove")}</Button>
    </Sheet>
  );
}

function withoutPhoto(doc: JobDocument, id: string): JobDocument {
  return {
    ...doc,
    photos: doc.photos.filter((one) => one.id !== id),
    proposals: doc.proposals.map((one) => ({ ...one, items: one.items.map((item) => ({ ...item, photos: item.photos.filter((photo) => photo !== id) })) })),
  };
}
