import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import SignaturePad from "signature_pad";
import { pathOf, type Strokes } from "../media/strokes.ts";

interface DrawPadProps {
  label: string;
  height: number;
  onDraw: (strokes: Strokes | null) => void;
  cleared: number;
  hint: string;
}

/** Paper for a finger, with a hint until the first stroke. Each stroke is told as it ends; a rise of `cleared` empties the paper. */
export function DrawPad({ label, height, onDraw, cleared, hint }: DrawPadProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const pad = useRef<SignaturePad | null>(null);
  const empty = useSignal(true);
  useEffect(() => {
    const element = canvas.current as HTMLCanvasElement;
    const made = new SignaturePad(element, { minWidth: 1.2, maxWidth: 2.6, penColor: "#111a20" });
    fit(element, height);
    made.addEventListener("beginStroke", () => (empty.value = false));
    made.addEventListener("endStroke", () => onDraw({ svg_path: pathOf(made.toData()), width: element.clientWidth, height }));
    pad.current = made;
    return () => made.off();
  }, []);
  useEffect(() => {
    pad.current?.clear();
    empty.value = true;
    if (cleared) onDraw(null);
  }, [cleared]);
  return (
    <div class="pad-place">
      <canvas ref={canvas} class="pad-area" aria-label={label} role="img" />
      {empty.value && <p class="pad-hint">{hint}</p>}
    </div>
  );
}

/** As many pixels as the screen has, so that lines are sharp. */
function fit(canvas: HTMLCanvasElement, height: number): void {
  const ratio = Math.max(1, devicePixelRatio);
  canvas.style.height = `${height}px`;
  canvas.width = canvas.clientWidth * ratio;
  canvas.height = height * ratio;
  canvas.getContext("2d")?.scale(ratio, ratio);
}
