// Photos, sketches and the signature. Each is shown as a picture of its own address, so that nothing in it can act.
import type { JobAttachment } from "@allonce/sealing";
import { t } from "../manners/words";
import type { JobDocument } from "./document";
import { el } from "./dom";
import { moment } from "./figures";

const SUFFIXES: Record<string, string> = { "image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp" };
const PATH = /^[MmLlHhVvCcSsQqTtAaZz0-9eE\s,.+-]*$/;
const SVG = "http://www.w3.org/2000/svg";

export function photoGrid(doc: JobDocument, files: JobAttachment[]): HTMLElement | null {
  const pictures = files.filter((file) => file.type in SUFFIXES).map((file) => figure(doc, file));
  return pictures.length ? el("div", { class: "photo-grid" }, ...pictures) : null;
}

export function sketchGrid(doc: JobDocument): HTMLElement | null {
  const drawn = (doc.sketches ?? []).flatMap((sketch) => {
    const label = labelOf(doc, sketch.item);
    const drawing = strokes(sketch, t("Sketch of {name}", { name: label }));
    return drawing ? [el("figure", {}, drawing, el("figcaption", {}, label))] : [];
  });
  return drawn.length ? el("div", { class: "photo-grid sketches" }, ...drawn) : null;
}

export function signature(doc: JobDocument): HTMLElement | null {
  const signed = doc.signature;
  const drawing = signed && strokes(signed, t("Signature of {name}", { name: signed.name }));
  if (!drawing) return null;
  return el("div", {}, drawing, el("p", { class: "muted" }, t("Signed by {name}, {when}", { name: signed.name, when: moment(signed.at) })));
}

/** What a finger drew; nothing where a file holds anything but strokes. */
function strokes(drawn: { svg_path: string; width: number; height: number }, words: string): SVGElement | null {
  if (!PATH.test(drawn.svg_path)) return null;
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("viewBox", `0 0 ${Number(drawn.width)} ${Number(drawn.height)}`);
  drawing.setAttribute("class", "strokes");
  drawing.setAttribute("role", "img");
  drawing.setAttribute("aria-label", words);
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", drawn.svg_path);
  drawing.append(path);
  return drawing;
}

/** A link that saves bytes under a name of our making: names in a file are labels, not paths. */
export function saveLink(text: string, name: string, data: BlobPart, type: string): HTMLAnchorElement {
  const address = URL.createObjectURL(new Blob([data], { type }));
  return el("a", { class: "btn btn-sm", href: address, download: safeName(name) }, text);
}

function figure(doc: JobDocument, file: JobAttachment): HTMLElement {
  const about = doc.photos?.find((photo) => file.name.includes(photo.id));
  const caption = [about?.caption, labelOf(doc, about?.item ?? "")].filter(Boolean).join(", ");
  const address = URL.createObjectURL(new Blob([file.data], { type: file.type }));
  return el(
    "figure", {},
    el("img", { src: address, alt: caption || t("Photo"), loading: "lazy" }),
    el("figcaption", {}, el("span", {}, caption), saveLink(t("Save"), `${doc.number} ${file.name}${SUFFIXES[file.type]}`, file.data, file.type)),
  );
}

function labelOf(doc: JobDocument, itemId: string): string {
  return doc.proposals.flatMap((each) => each.items).find((item) => item.id === itemId)?.label ?? "";
}

function safeName(name: string): string {
  return name.replace(/[^\p{L}\p{N}._ -]+/gu, "-").replace(/^\.+/, "");
}
