import { useSignal } from "@preact/signals";
import { t } from "../../i18n/t.ts";
import { patch } from "../../jobs/actions.ts";
import type { Job } from "../../jobs/model.ts";
import { money } from "../../jobs/money.ts";
import { change } from "../../jobs/work.ts";
import type { Strokes } from "../../media/strokes.ts";
import { now } from "../../state/clock.ts";
import { isEditor } from "../../state/editor.ts";
import { go } from "../../state/router.ts";
import { DrawPad } from "../../ui/draw_pad.tsx";
import { Field } from "../../ui/field.tsx";
import { Button } from "../../ui/parts.tsx";
import { Screen } from "../../ui/screen.tsx";
import { DrawnStrokes } from "../item/sketch_sheet.tsx";

/** The customer signs. Kept with each stroke; starting again takes one tap. */
export function Sign({ job }: { job: Job }) {
  const { doc } = job;
  const cleared = useSignal(0);
  const name = useSignal(doc.signature?.name ?? doc.customer.name);
  const drawing = useSignal(!doc.signature);
  const keep = (strokes: Strokes | null): void =>
    change(doc.job_ref, patch({ signature: strokes && { ...strokes, name: name.value.trim(), at: now().toISOString() } }));
  const rename = (typed: string): void => {
    name.value = typed;
    if (doc.signature) change(doc.job_ref, patch({ signature: { ...doc.signature, name: typed.trim() } }));
  };
  const again = (): void => {
    keep(null);
    drawing.value = true;
    cleared.value += 1;
  };
  return (
    <Screen title={t("sign.title")} subtitle={doc.number} back={() => go("job", doc.job_ref, "quote")}
      bottom={<>
        <Button icon="eraser" tall disabled={!isEditor.value || !doc.signature} onClick={again}>{t("sign.again")}</Button>
        <Button kind="primary" tall disabled={!doc.signature} onClick={() => go("job", doc.job_ref, "quote")}>{t("part.done")}</Button>
      </>}>
      <p>{doc.totals?.ok ? t(`sign.words.${doc.kind}`, { total: money(doc.totals.total, doc.totals.currency) }) : t(doc.totals?.lines.every((line) => line.ok) ? "sign.not_yet" : "sign.unfinished")}</p>
      <Field label={t("sign.name")} value={name.value} onInput={rename} capitals="words" />
      {drawing.value || !doc.signature
        ? <DrawPad label={t("sign.paper")} height={220} onDraw={keep} cleared={cleared.value} hint={t("sign.hint")} />
        : <div class="card pad"><DrawnStrokes strokes={doc.signature} class="signed" /></div>}
    </Screen>
  );
}
