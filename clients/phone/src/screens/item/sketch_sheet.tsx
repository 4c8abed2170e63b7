import { useSignal } from "@preact/signals";
import { t } from "../../i18n/t.ts";
import { newId } from "../../jobs/create.ts";
import type { Item, JobDocument } from "../../jobs/model.ts";
import { change } from "../../jobs/work.ts";
import type { Strokes } from "../../media/strokes.ts";
import { isEditor } from "../../state/editor.ts";
import { DrawPad } from "../../ui/draw_pad.tsx";
import { Button } from "../../ui/parts.tsx";
import { Sheet } from "../../ui/sheet.tsx";

interface SketchSheetProps {
  doc: JobDocument;
  item: Item;
  id: string;
  onClose: () => void;
}

/** A new sketch, or one to look at. Each stroke is kept as it is drawn. */
export function SketchSheet({ doc, item, id, onClose }: SketchSheetProps) {
  const own = useSignal(id || newId());
  const cleared = useSignal(0);
  const known = id ? doc.sketches.find((one) => one.id === id) : undefined;
  const keep = (strokes: Strokes | null): void => change(doc.job_ref, (now) => {
    const others = now.sketches.filter((one) => one.id !== own.value);
    return { ...now, sketches: strokes ? [...others, { id: own.value, item: item.id, ...strokes }] : others };
  });
  const remove = (): void => {
    keep(null);
    onClose();
  };
  return (
    <Sheet title={t("pictures.sketch")} onClose={onClose}>
      {known ? <DrawnStrokes strokes={known} /> : <DrawPad label={t("pictures.sketch.paper")} height={320} onDraw={keep} cleared={cleared.value} hint={t("pictures.sketch.hint")} />}
      <div class="row apart">
        {known
          ? <Button kind="danger" icon="trash" disabled={!isEditor.value} onClick={remove}>{t("pictures.sketch.remove")}</Button>
          : <Button icon="eraser" onClick={() => (cleared.value += 1)}>{t("pictures.clear")}</Button>}
        <Button kind="primary" onClick={onClose}>{t("part.done")}</Button>
      </div>
    </Sheet>
  );
}

export function DrawnStrokes({ strokes, class: className = "" }: { strokes: Strokes; class?: string }) {
  return (
    <svg class={className} viewBox={`0 0 ${strokes.width} ${strokes.height}`} width="100%" height="100%" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
      <path d={strokes.svg_path} />
    </svg>
  );
}
