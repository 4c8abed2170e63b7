/** A list of any length: only the rows near the screen are in the page, the others are counted and measured. */
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { ComponentChildren } from "preact";
import { offsetsOf, scrollFor, windowOf } from "../../logic/windowing.ts";
import { t } from "../../i18n/t.ts";
import { more } from "../../state/lists.ts";
import { openId } from "../../state/router.ts";
import type { Section } from "../../logic/sections.ts";
import type { Line } from "./inbox.tsx";

/** In rem, so that rows grow with the reader's text size. The styles use the same two figures. */
const ROW_REM = 4.75;
const HEAD_REM = 2.5;
const MORE_WITHIN_ROWS = 30;

export function LongList({ lines, draw }: { lines: readonly Line[]; draw: (line: Line) => ComponentChildren }) {
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: innerHeight, rem: remPx() });
  const offsets = useMemo(() => offsetsOf(lines.map((line) => ("head" in line ? HEAD_REM : ROW_REM) * view.rem)), [lines, view.rem]);
  useLayoutEffect(() => watchSize(box.current as HTMLDivElement, setView), []);
  const { first, end } = windowOf(offsets, view.top, view.height);
  useEffect(() => endingBefore(lines, first, end + MORE_WITHIN_ROWS).forEach((section) => void more(section)), [first, end, lines.length]);
  const onScroll = (): void => setView((before) => ({ ...before, top: box.current?.scrollTop ?? 0 }));
  return (
    <div ref={box} class="long-list" onScroll={onScroll} onKeyDown={(event) => move(event, lines, offsets, box.current as HTMLDivElement)}>
      <div role="list" aria-label={t("inbox.list")} class="all" style={{ height: `${offsets.at(-1)}px` }}>
        {lines.slice(first, end).map((line, at) => (
          <div role="listitem" key={"head" in line ? line.head : line.conv.id} class="place" style={{ transform: `translateY(${offsets[first + at]}px)` }}
            {...("head" in line ? {} : { "aria-posinset": line.at, "aria-setsize": line.of })}>
            {draw(line)}
          </div>
        ))}
      </div>
    </div>
  );
}

type SetView = (change: (before: { top: number; height: number; rem: number }) => { top: number; height: number; rem: number }) => void;

function watchSize(box: HTMLElement, setView: SetView): () => void {
  const watcher = new ResizeObserver(() => setView((before) => ({ ...before, height: box.clientHeight, rem: remPx() })));
  watcher.observe(box);
  return () => watcher.disconnect();
}

/** Sections whose last row is drawn, or nearly. */
function endingBefore(lines: readonly Line[], first: number, end: number): Section[] {
  const found: Section[] = [];
  let section: Section | null = null;
  lines.forEach((line, at) => {
    if ("head" in line) section = line.head;
    const next = lines[at + 1];
    if (section && (!next || "head" in next) && at >= first && at < end) found.push(section);
  });
  return found;
}

function remPx(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
}

/** Up and down, also onto rows that are not in the page yet. */
function move(event: KeyboardEvent, lines: readonly Line[], offsets: readonly number[], box: HTMLElement): void {
  const step = { ArrowDown: 1, ArrowUp: -1, Home: -lines.length, End: lines.length }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const rows = lines.flatMap((line, at) => ("head" in line ? [] : [at]));
  const held = (document.activeElement as HTMLElement | null)?.dataset.id ?? openId.peek();
  const from = rows.findIndex((at) => idAt(lines, at) === held);
  const to = rows[Math.min(rows.length - 1, Math.max(0, from + step))];
  if (to === undefined) return;
  box.scrollTop = scrollFor(offsets, to, box.scrollTop, box.clientHeight);
  focusSoon(box, idAt(lines, to));
}

function idAt(lines: readonly Line[], at: number): string {
  const line = lines[at];
  return line && !("head" in line) ? line.conv.id : "";
}

function focusSoon(box: HTMLElement, id: string, tries = 10): void {
  const found = box.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`);
  if (found) return found.focus({ preventScroll: true });
  if (tries) requestAnimationFrame(() => focusSoon(box, id, tries - 1));
}

