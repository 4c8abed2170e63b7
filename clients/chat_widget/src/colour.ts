/** Contrast as WCAG 2.2 counts it, so that no Client's colour makes words that cannot be read. */

type Rgb = [number, number, number];

const WHITE: Rgb = [255, 255, 255];
const INK: Rgb = [16, 24, 32];

/** "#1d5fbf" or "#15f" as three numbers; anything else is the house's blue. No method of a string stands here: see loader.ts. */
export function parse(colour: string): Rgb {
  const step = colour.length === 4 ? 1 : 2;
  const at = (index: number): number => {
    const first = colour[1 + index * step]!;
    return +`0x${first}${step === 1 ? first : colour[2 + index * step]}`;
  };
  const found: Rgb = [at(0), at(1), at(2)];
  const good = colour[0] === "#" && colour.length === 1 + 3 * step && found[0] >= 0 && found[1] >= 0 && found[2] >= 0;
  return good ? found : [26, 95, 180];
}

/** The ratio between two colours, 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const a = luminance(one);
  const b = luminance(other);
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** White or ink, whichever reads better on this colour. */
export function inkOn(colour: Rgb): Rgb {
  return contrast(colour, WHITE) >= contrast(colour, INK) ? WHITE : INK;
}

/** A colour on which white or ink reads at 4.5 to 1: this one, or the nearest darker or lighter one. */
export function ground(colour: Rgb): Rgb {
  const ink = inkOn(colour);
  return towards(colour, ink === WHITE ? INK : WHITE, ink);
}

/** The colour moved towards white or ink until it reads on `surface` at 4.5 to 1. */
export function readable(colour: Rgb, surface: Rgb): Rgb {
  return towards(colour, inkOn(surface), surface);
}

export function css(colour: Rgb): string {
  return `rgb(${colour[0]} ${colour[1]} ${colour[2]})`;
}

function towards(colour: Rgb, aim: Rgb, against: Rgb): Rgb {
  let found = colour;
  for (let part = 1; part <= 20 && contrast(found, against) < 4.5; part += 1) {
    found = mix(colour, aim, part / 20);
  }
  return found;
}

function mix(one: Rgb, other: Rgb, part: number): Rgb {
  const at = (index: 0 | 1 | 2): number => Math.round(one[index] + (other[index] - one[index]) * part);
  return [at(0), at(1), at(2)];
}

function luminance(colour: Rgb): number {
  return 0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2]);
}

function linear(channel: number): number {
  const part = channel / 255;
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}
