import { t } from "../../i18n/t.ts";
import type { Item } from "../../jobs/model.ts";
import { sizeWords } from "../../jobs/size.ts";
import type { Family } from "../../pricing/format.ts";
import { unit } from "../../state/unit.ts";

const AREA = { width: 360, height: 208 };
const ROOM = { width: 216, height: 142 };
const USUAL_MM = { width: 1200, drop: 1200 };

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The window to scale, as it is typed, with its measurements where one would write them on paper. */
export function WindowDrawing({ item, family }: { item: Item; family: Family }) {
  const box = scaled(item.width || USUAL_MM.width, item.drop || USUAL_MM.drop);
  const words = t("drawing.words", { width: sizeWords(item.width, unit.value), drop: sizeWords(item.drop, unit.value) });
  return (
    <svg class="window" viewBox={`0 0 ${AREA.width} ${AREA.height}`} role="img" aria-label={words}>
      {item.mount === "recess" && <rect class="wall" {...grown(box, 8)} rx="2" />}
      <rect class="frame" {...box} rx="1" />
      <path class="bars" d={`M${box.x + box.width / 2} ${box.y}v${box.height}`} />
      <Covering family={family} box={box} />
      <Arrow from={[box.x, box.y + box.height + 22]} to={[box.x + box.width, box.y + box.height + 22]} />
      <text class="say" x={box.x + box.width / 2} y={box.y + box.height + 40} text-anchor="middle">{sizeWords(item.width, unit.value)}</text>
      <Arrow from={[box.x + box.width + 22, box.y]} to={[box.x + box.width + 22, box.y + box.height]} />
      <text class="say" x={box.x + box.width + 30} y={box.y + box.height / 2 + 5}>{sizeWords(item.drop, unit.value)}</text>
    </svg>
  );
}

function scaled(width: number, drop: number): Box {
  const scale = Math.min(ROOM.width / width, ROOM.height / drop);
  const size = { width: Math.max(8, width * scale), height: Math.max(8, drop * scale) };
  return { x: (AREA.width - 60 - size.width) / 2, y: 14 + (ROOM.height - size.height) / 2, ...size };
}

const grown = (box: Box, by: number): Box => ({ x: box.x - by, y: box.y - by, width: box.width + 2 * by, height: box.height + by });

function Arrow({ from, to }: { from: readonly [number, number]; to: readonly [number, number] }) {
  const [x1, y1] = from;
  const [x2, y2] = to;
  const end = x1 === x2 ? `M${x1 - 5} ${y1}h10M${x2 - 5} ${y2}h10` : `M${x1} ${y1 - 5}v10M${x2} ${y2 - 5}v10`;
  return <path class="arrow" d={`M${x1} ${y1}L${x2} ${y2}${end}`} />;
}

/** A hint of the product: enough to see at a glance which kind hangs there. */
function Covering({ family, box }: { family: Family; box: Box }) {
  const { x, y, width, height } = box;
  if (family === "venetian" || family === "shutter") {
    return <g>{lines(height, 9).map((at) => <path key={at} class="slat" d={`M${x} ${y + at}h${width}`} />)}{family === "shutter" && <path class="bars" d={`M${x + width / 4} ${y}v${height}M${x + (width * 3) / 4} ${y}v${height}`} />}</g>;
  }
  if (family === "vertical") return <g>{lines(width, 11).map((at) => <path key={at} class="slat" d={`M${x + at} ${y}v${height}`} />)}</g>;
  if (family === "curtain") {
    const side = width * 0.24;
    return <g><path class="cloth" d={`M${x - 6} ${y - 4}h${side + 6}q-4 ${height / 2} 2 ${height + 8}h${-side - 8}z`} /><path class="cloth" d={`M${x + width + 6} ${y - 4}h${-side - 6}q4 ${height / 2} -2 ${height + 8}h${side + 8}z`} /></g>;
  }
  if (family === "flooring") return <g>{lines(height, 14).map((at) => <path key={at} class="slat" d={`M${x} ${y + at}h${width}`} />)}<rect class="cloth" {...box} /></g>;
  if (family === "other") return null;
  const cover = height * (family === "roman" ? 0.55 : 0.42);
  return (
    <g>
      <rect class="cloth" x={x} y={y} width={width} height={cover} />
      {family === "roman" && lines(cover, 18).map((at) => <path key={at} class="slat" d={`M${x} ${y + at}h${width}`} />)}
    </g>
  );
}

function lines(length: number, step: number): number[] {
  return Array.from({ length: Math.floor(length / step) }, (_, at) => (at + 1) * step).filter((at) => at < length - 2);
}
