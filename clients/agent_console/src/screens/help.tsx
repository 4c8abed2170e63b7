import { t, type Key } from "../i18n/t.ts";
import { helpShown } from "../state/keys.ts";
import { keysOn, setKeys } from "../state/looks.ts";
import { Switch } from "../ui/parts.tsx";
import { Sheet } from "../ui/sheet.tsx";

export { helpShown as helpOpen } from "../state/keys.ts";

const SINGLE: readonly (readonly [string, Key])[] = [
  ["↑ ↓", "key.move"], ["Enter", "key.open"], ["A", "key.accept"], ["D", "key.decline"], ["U", "key.next"], ["/", "key.search"], ["R", "key.reply"],
  ["W", "key.whisper"], ["N", "key.note"], ["F", "key.forward"], ["M", "key.mail"], ["C", "key.close"], ["H", "key.hot"], ["T", "key.tags"],
  ["I", "key.details"], ["P", "key.me"], ["?", "key.help"],
];
const WRITING: readonly (readonly [string, Key])[] = [
  ["/", "key.canned"], ["Enter", "key.send"], ["Shift Enter", "key.line"], ["Esc", "key.leave"],
];

export function Help() {
  return (
    <Sheet title={t("help.title")} onClose={() => (helpShown.value = false)}>
      <Switch label={t("help.single")} on={keysOn.value} onChange={setKeys} />
      <Keys rows={SINGLE} />
      <h3>{t("composer.text")}</h3>
      <Keys rows={WRITING} />
      <p class="muted small">{t("help.hint")}</p>
    </Sheet>
  );
}

function Keys({ rows }: { rows: typeof SINGLE }) {
  return (
    <dl class="keys">
      {rows.map(([key, words]) => (
        <div key={words}><dt>{key.split(" ").map((one) => <kbd key={one}>{one}</kbd>)}</dt><dd>{t(words)}</dd></div>
      ))}
    </dl>
  );
}
