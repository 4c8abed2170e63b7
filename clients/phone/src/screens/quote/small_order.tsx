import { t } from "../../i18n/t.ts";
import type { JobDocument } from "../../jobs/model.ts";
import { smallOrder } from "../../jobs/validate.ts";
import { problemMessage } from "../../pricing/engine.ts";
import { Button } from "../../ui/parts.tsx";
import { Sheet } from "../../ui/sheet.tsx";

interface SmallOrderProps {
  doc: JobDocument;
  onAccept: () => void;
  onClose: () => void;
}

/** Below the shop's minimum: the person completes it knowingly, or goes back to add goods. */
export function SmallOrder({ doc, onAccept, onClose }: SmallOrderProps) {
  const problem = smallOrder(doc);
  if (!problem) return null;
  return (
    <Sheet title={t("small.title")} onClose={onClose}>
      <p class="strong">{problemMessage(problem)}</p>
      <p>{t("small.words")}</p>
      <Button kind="primary" tall wide onClick={onClose}>{t("small.back")}</Button>
      <Button tall wide onClick={onAccept}>{t("small.accept")}</Button>
    </Sheet>
  );
}
