/** Prepared answers above the field: what is typed behind "/" chooses among them. */
import { useSignal } from "@preact/signals";
import { useEffect, useId, useLayoutEffect, useRef } from "preact/hooks";
import { findCanned } from "../../logic/canned.ts";
import { t } from "../../i18n/t.ts";
import { canned } from "../../state/store.ts";

interface AnswersProps {
  typed: string;
  onChoose: (text: string) => void;
  onLeave: () => void;
}

export function Answers({ typed, onChoose, onLeave }: AnswersProps) {
  const at = useSignal(0);
  const id = useId();
  const list = useRef<HTMLUListElement>(null);
  // A second key may come before this list is gone from the page.
  const done = useRef(false);
  const choose = (index: number): void => {
    const one = found[index];
    if (!one || done.current) return;
    done.current = true;
    onChoose(one.text);
  };
  const found = findCanned(canned.value, typed);
  const chosen = Math.min(at.value, found.length - 1);
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) at.value = (chosen + step + found.length) % Math.max(1, found.length);
      else if (event.key === "Enter" || event.key === "Tab") choose(chosen);
      else if (event.key === "Escape") onLeave();
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    addEventListener("keydown", onKey, true);
    return () => removeEventListener("keydown", onKey, true);
  });
  useEffect(() => list.current?.children[chosen]?.scrollIntoView({ block: "nearest" }), [chosen]);
  if (!found.length) {
    const words = canned.value.length ? t("composer.canned.none", { words: `/${typed}` }) : t("composer.canned.empty");
    return <div class="answers"><p class="muted pad" role="status">{words}</p></div>;
  }
  return (
    <ul ref={list} class="answers rise" role="listbox" aria-label={t("composer.canned")} aria-activedescendant={`${id}-${chosen}`} tabIndex={-1}>
      {found.map((one, index) => (
        <li key={one.id} id={`${id}-${index}`} role="option" aria-selected={index === chosen} onPointerDown={(event) => event.preventDefault()} onClick={() => choose(index)}>
          <span class="row tight"><kbd>/{one.shortcut}</kbd><span class="strong clip">{one.title}</span></span>
          <span class="small muted clip">{one.text}</span>
        </li>
      ))}
    </ul>
  );
}
