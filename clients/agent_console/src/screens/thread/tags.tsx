import { useSignal } from "@preact/signals";
import type { Conv } from "../../api/types.ts";
import { t } from "../../i18n/t.ts";
import { act } from "../../state/actions.ts";
import { tags } from "../../state/store.ts";
import { Field } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Button } from "../../ui/parts.tsx";
import { Sheet } from "../../ui/sheet.tsx";

export function TagsDialog({ conv, onClose }: { conv: Conv; onClose: () => void }) {
  const fresh = useSignal("");
  const put = async (words: readonly string[]): Promise<void> => {
    const done = await act(conv.id, "tag", { tags: words });
    if (done) tags.value = [...new Set([...tags.value, ...done.tags])].sort();
  };
  const toggle = (word: string): void => void put(conv.tags.includes(word) ? conv.tags.filter((one) => one !== word) : [...conv.tags, word]);
  const add = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (fresh.value.trim()) await put([...conv.tags, fresh.value.trim()]);
    fresh.value = "";
  };
  return (
    <Sheet title={t("tags.title")} onClose={onClose}>
      {!tags.value.length && <p class="muted">{t("tags.empty")}</p>}
      <div class="chips">
        {tags.value.map((word) => (
          <button key={word} type="button" class="chip" aria-pressed={conv.tags.includes(word)} aria-label={t("tags.toggle", { word })} onClick={() => toggle(word)}>
            <Icon name={conv.tags.includes(word) ? "check" : "tag"} size={16} />{word}
          </button>
        ))}
      </div>
      <form class="row bottom" onSubmit={(event) => void add(event)}>
        <div class="grow"><Field label={t("tags.new")} value={fresh.value} maxLength={40} onInput={(text) => (fresh.value = text)} /></div>
        <Button type="submit" disabled={!fresh.value.trim()}>{t("tags.add")}</Button>
      </form>
    </Sheet>
  );
}
