import { useSignal } from "@preact/signals";
import { t } from "../../i18n/t.ts";
import { OtherAccount, restoreBackup, saveBackup } from "../../media/all_jobs.ts";
import { BACKUP_SUFFIX, NotOpened, WORDS_MIN_LENGTH } from "../../media/backup.ts";
import { isEditor } from "../../state/editor.ts";
import { jobs } from "../../state/jobs.ts";
import { Field } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Button, Note } from "../../ui/parts.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { say } from "../../ui/toast.tsx";

/** All jobs in one encrypted file, and back: the way to a new phone, and the safety copy. */
export function BackupPart() {
  const saving = useSignal(false);
  const file = useSignal<File | null>(null);
  const pick = (input: HTMLInputElement): void => {
    file.value = input.files?.[0] ?? null;
    input.value = "";
  };
  return (
    <section class="stack tight">
      <h2>{t("backup.title")}</h2>
      <p class="small">{t("backup.words")}</p>
      <div class="row wrap">
        <Button icon="download" disabled={!jobs.value.size} onClick={() => (saving.value = true)}>{t("backup.save")}</Button>
        <label class="button"><Icon name="upload" />{t("backup.restore")}<input class="only-read" type="file" accept={BACKUP_SUFFIX} disabled={!isEditor.value} onChange={(event) => pick(event.currentTarget)} /></label>
      </div>
      {saving.value && <WordsSheet title={t("backup.save")} lead={t("backup.save.words")} onClose={() => (saving.value = false)} onWords={save} />}
      {file.value && <WordsSheet title={t("backup.restore")} lead={t("backup.restore.words", { name: file.value.name })} onClose={() => (file.value = null)} onWords={restore(file.value)} />}
    </section>
  );
}

/** Answers with what went wrong, or nothing. */
async function save(words: string): Promise<string> {
  await saveBackup(words);
  say(t("backup.saved"));
  return "";
}

const restore = (file: File) => async (words: string): Promise<string> => {
  try {
    say(t("backup.restored", { count: await restoreBackup(file, words) }));
    return "";
  } catch (error) {
    if (error instanceof OtherAccount) return t("backup.other_account");
    return t(error instanceof NotOpened ? "backup.not_opened" : "backup.failed");
  }
};

interface WordsSheetProps {
  title: string;
  lead: string;
  onClose: () => void;
  onWords: (words: string) => Promise<string>;
}

function WordsSheet({ title, lead, onClose, onWords }: WordsSheetProps) {
  const words = useSignal("");
  const fault = useSignal("");
  const busy = useSignal(false);
  const go = async (): Promise<void> => {
    busy.value = true;
    fault.value = await onWords(words.value);
    busy.value = false;
    if (!fault.value) onClose();
  };
  return (
    <Sheet title={title} onClose={onClose}>
      <p>{lead}</p>
      <Field label={t("backup.secret")} type="password" value={words.value} onInput={(value) => (words.value = value)} capitals="none" hint={t("backup.secret.hint")} />
      {fault.value && <Note tone="bad">{fault.value}</Note>}
      <Button kind="primary" tall wide disabled={busy.value || words.value.length < WORDS_MIN_LENGTH} onClick={() => void go()}>{t(busy.value ? "backup.busy" : "part.go")}</Button>
    </Sheet>
  );
}
