/** Small line drawings for empty places. */
import type { ComponentChildren } from "preact";

export type Drawing = "bubbles" | "bench" | "cable" | "lens";

const SHAPES: Record<Drawing, string[]> = {
  bubbles: [
    "M24 20h52a8 8 0 0 1 8 8v24a8 8 0 0 1-8 8H50L36 72V60H24a8 8 0 0 1-8-8V28a8 8 0 0 1 8-8z", "M32 36h36M32 46h22",
    "M92 40h16a8 8 0 0 1 8 8v20a8 8 0 0 1-8 8h-4v12L92 76H70a8 8 0 0 1-8-8v-1",
  ],
  bench: ["M20 62h92M28 62v22M104 62v22M20 50h92M28 38v24M104 38v24", "M58 22a8 8 0 1 0 16 0a8 8 0 1 0-16 0M66 14v-4M78 22h4M50 22h4M57 13l-3-3M75 13l3-3"],
  cable: ["M8 52h26a10 10 0 0 1 10 10v2", "M38 64h12v12H38z M41 76v6M47 76v6", "M124 44H96a10 10 0 0 0-10 10v-2", "M80 28h12v18H80z M84 28v-8M88 28v-8", "M60 34l6 8M68 56l6 8M58 56l10-14"],
  lens: ["M56 20a26 26 0 1 0 .1 0z", "M75 65l26 24", "M46 46h20"],
};

interface EmptyProps {
  drawing: Drawing;
  title: string;
  /** It is all that the page has. */
  whole?: boolean;
  children?: ComponentChildren;
}

export function Empty({ drawing, title, whole, children }: EmptyProps) {
  return (
    <div class="empty">
      <svg class="drawing" viewBox="0 0 132 100" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"
        stroke-linejoin="round" aria-hidden="true">
        {SHAPES[drawing].map((d) => <path key={d} d={d} />)}
      </svg>
      {whole ? <h1>{title}</h1> : <h2>{title}</h2>}
      {children}
    </div>
  );
}
