import { useSignal } from "@preact/signals";
import type { Conv } from "../../api/types.ts";
import { t } from "../../i18n/t.ts";
import { act } from "../../state/actions.ts";
import { draftOf } from "../../state/drafts.ts";
import { Field } from "../../ui/field.tsx";
import { Button, Note } from "../../ui/parts.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { say } from "../../ui/toast.tsx";

/** The answer goes to the visitor's mailbox. What was typed for the chat is taken along. */
export function MailDialog({ conv, onClose }: { conv: Conv; onClose: () => void }) {
  const draft = draftOf(conv.id, "text");
  const address = useSignal("");
  const busy = useSignal(false);
  const known = conv.consumer.email;
  const send = async (): Promise<void> => {
    busy.value = true;
    const reachable = known || (await act(conv.id, "consumer", { email: address.value.trim() }));
    const sent = reachable && (await act(conv.id, "mail", { text: draft.value.trim() }));
    busy.value = false;
    if (!sent) return;
    draft.value = "";
    say(t("mail.done"));
    onClose();
  };
  const ready = !!draft.value.trim() && (!!known || /\S@\S/.test(address.value)) && !busy.value;
  return (
    <Sheet title={t("mail.title")} onClose={onClose} foot={
      <><Button kind="plain" onClick={onClose}>{t("act.cancel")}</Button><Button kind="primary" icon="mail" disabled={!ready} onClick={() => void send()}>{t("mail.do")}</Button></>
    }>
      {known
        ? <Note icon="mail">{t("mail.to", { email: known })}</Note>
        : <Field label={t("mail.address")} hint={t("mail.address.hint")} type="email" value={address.value} onInput={(text) => (address.value = text)} />}
      <Field label={t("mail.text")} lines={8} maxLength={4000} value={draft.value} onInput={(text) => (draft.value = text)} />
    </Sheet>
  );
}
