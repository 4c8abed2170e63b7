import { useSignal } from "@preact/signals";
import type { Conv } from "../../api/types.ts";
import { t } from "../../i18n/t.ts";
import { act } from "../../state/actions.ts";
import { dispositions } from "../../state/store.ts";
import { Button } from "../../ui/parts.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { say } from "../../ui/toast.tsx";
import { visitorName } from "../names.ts";

export function CloseDialog({ conv, onClose }: { conv: Conv; onClose: () => void }) {
  const code = useSignal(conv.disposition);
  const close = async (): Promise<void> => {
    if (!(await act(conv.id, "close", { disposition: code.value }))) return;
    onClose();
    say(t("close.done"), () => void act(conv.id, "reopen"));
  };
  return (
    <Sheet title={t("close.title")} onClose={onClose} foot={
      <><Button kind="plain" onClick={onClose}>{t("act.cancel")}</Button><Button kind="primary" onClick={() => void close()}>{t("close.do")}</Button></>
    }>
      <fieldset class="choices">
        <legend>{t("close.how")}</legend>
        {[{ code: null, label: t("close.none") }, ...dispositions.value].map((one) => (
          <label key={one.code ?? ""} class="choice">
            <input type="radio" name="disposition" checked={code.value === one.code} onChange={() => (code.value = one.code)} /><span>{one.label}</span>
          </label>
        ))}
      </fieldset>
    </Sheet>
  );
}

export function BlockDialog({ conv, onClose }: { conv: Conv; onClose: () => void }) {
  const name = visitorName(conv);
  const block = async (): Promise<void> => void ((await act(conv.id, "block", { on: true })) && onClose());
  return (
    <Sheet title={t("block.title", { name })} onClose={onClose} foot={
      <><Button kind="plain" onClick={onClose}>{t("act.cancel")}</Button><Button kind="danger" icon="ban" onClick={() => void block()}>{t("block.do", { name })}</Button></>
    }>
      <p>{t("block.why")}</p>
    </Sheet>
  );
}
