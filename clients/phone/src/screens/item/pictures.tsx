import { useSignal } from "@preact/signals";
import { t } from "../../i18n/t.ts";
import { newId } from "../../jobs/create.ts";
import type { Item, Job, JobDocument } from "../../jobs/model.ts";
import { change } from "../../jobs/work.ts";
import { NoPhoto, scaledPhoto } from "../../media/photo.ts";
import { isEditor } from "../../state/editor.ts";
import { storageFull } from "../../state/jobs.ts";
import { opened } from "../../state/session.ts";
import { StorageFull } from "../../store/sealed.ts";
import { Icon } from "../../ui/icon.tsx";
import { Button } from "../../ui/parts.tsx";
import { say } from "../../ui/toast.tsx";
import { PhotoImage } from "./photo_image.tsx";
import { PhotoSheet } from "./photo_sheet.tsx";
import { DrawnStrokes, SketchSheet } from "./sketch_sheet.tsx";

/** Photos and sketches of one window. */
export function Pictures({ job, item }: { job: Job; item: Item }) {
  const { doc } = job;
  const photo = useSignal("");
  const sketch = useSignal<string | null>(null);
  const photos = doc.photos.filter((one) => one.item === item.id);
  const sketches = doc.sketches.filter((one) => one.item === item.id);
  return (
    <section class="stack tight" aria-label={t("pictures.title")}>
      <h2>{t("pictures.title")}</h2>
      {photos.length + sketches.length > 0 && (
        <div class="thumbs">
          {photos.map((one) => (
            <button key={one.id} type="button" class="thumb" aria-label={one.caption || t("pictures.photo")} onClick={() => (photo.value = one.id)}><PhotoImage id={one.id} /></button>
          ))}
          {sketches.map((one) => (
            <button key={one.id} type="button" class="thumb sketch" aria-label={t("pictures.sketch")} onClick={() => (sketch.value = one.id)}><DrawnStrokes strokes={one} /></button>
          ))}
        </div>
      )}
      <div class="row wrap">
        <TakePhoto job={job} item={item} />
        <Button icon="scribble" disabled={!isEditor.value} onClick={() => (sketch.value = "")}>{t("pictures.sketch.new")}</Button>
      </div>
      {photo.value && <PhotoSheet doc={doc} id={photo.value} onClose={() => (photo.value = "")} />}
      {sketch.value !== null && <SketchSheet doc={doc} item={item} id={sketch.value} onClose={() => (sketch.value = null)} />}
    </section>
  );
}

function TakePhoto({ job, item }: { job: Job; item: Item }) {
  const busy = useSignal(false);
  const take = async (input: HTMLInputElement): Promise<void> => {
    busy.value = true;
    for (const file of input.files ?? []) await keepPhoto(job.doc, item, file);
    input.value = "";
    busy.value = false;
  };
  return (
    <label class="button" aria-disabled={!isEditor.value || busy.value}>
      <Icon name="camera" />{t(busy.value ? "pictures.busy" : "pictures.take")}
      <input class="only-read" type="file" accept="image/*" multiple disabled={!isEditor.value || busy.value} onChange={(event) => void take(event.currentTarget)} />
    </label>
  );
}

/** The picture is on the disk before the job speaks of it. */
async function keepPhoto(doc: JobDocument, item: Item, file: File): Promise<void> {
  try {
    const id = newId();
    await opened().putBytes([[`photo/${id}`, await scaledPhoto(file)]]);
    change(doc.job_ref, (now) => withPhoto(now, item.id, id));
  } catch (error) {
    if (error instanceof StorageFull) storageFull.value = true;
    say(t(error instanceof NoPhoto ? "pictures.unreadable" : "pictures.failed"));
  }
}

function withPhoto(doc: JobDocument, item: string, id: string): JobDocument {
  const photos = [...doc.photos, { id, type: "image/jpeg" as const, caption: "", item }];
  const mine = photos.filter((one) => one.item === item).map((one) => one.id);
  const proposals = doc.proposals.map((one) => ({ ...one, items: one.items.map((each) => (each.id === item ? { ...each, photos: mine } : each)) }));
  return { ...doc, photos, proposals };
}
