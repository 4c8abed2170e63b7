/** A list of any length: only the blocks near the screen are drawn, the others keep their place. */
import { useComputed, useSignal, type Signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

interface LongListProps<T> {
  items: readonly T[];
  row: (item: T, at: number, of: number) => ComponentChildren;
  /** The look of each block: a list, or a grid of swatches. */
  look: string;
  /** A multiple of every number of columns that the look can have. */
  perBlock: number;
}

const MARGIN = "400px 0px";
const FIRST_GUESS_PX = 68;

export function LongList<T>({ items, row, look, perBlock }: LongListProps<T>) {
  const each = useSignal(FIRST_GUESS_PX);
  const blocks = Array.from({ length: Math.ceil(items.length / perBlock) }, (_, at) => at * perBlock);
  return (
    <div role="list" class="long-list">
      {blocks.map((start) => (
        <Block key={start} start={start} count={Math.min(perBlock, items.length - start)} each={each} look={look}
          draw={() => items.slice(start, start + perBlock).map((item, at) => row(item, start + at, items.length))} />
      ))}
    </div>
  );
}

interface BlockProps {
  start: number;
  count: number;
  each: Signal<number>;
  look: string;
  draw: () => ComponentChildren;
}

function Block({ start, count, each, look, draw }: BlockProps) {
  const place = useRef<HTMLDivElement>(null);
  const near = useSignal(start === 0);
  const kept = useComputed(() => (near.value ? 0 : each.value * count));
  useEffect(() => watch(place.current, (isNear, height) => {
    if (near.peek() && height && start === 0) each.value = height / count;
    near.value = isNear;
  }), [count]);
  if (!near.value) return <div ref={place} role="presentation" style={{ height: `${kept.value}px` }} />;
  return <div ref={place} role="presentation" class={look}>{draw()}</div>;
}

function watch(place: HTMLElement | null, tell: (near: boolean, height: number) => void): (() => void) | undefined {
  if (!place) return undefined;
  const observer = new IntersectionObserver(
    (entries) => entries.forEach((entry) => tell(entry.isIntersecting, entry.boundingClientRect.height)),
    { root: place.closest(".inside"), rootMargin: MARGIN },
  );
  observer.observe(place);
  return () => observer.disconnect();
}
