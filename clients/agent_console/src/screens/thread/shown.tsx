/** A picture in the conversation; the place is kept before it is there, so that nothing jumps. */
import { useEffect, useMemo, useState } from "preact/hooks";
import { textOf } from "../../logic/text.ts";
import { t } from "../../i18n/t.ts";

const WIDEST = 320;
const HIGHEST = 320;

export function Shown({ body, file }: { body: Record<string, unknown>; file?: Blob | undefined }) {
  const [broken, setBroken] = useState(false);
  const local = useMemo(() => (file ? URL.createObjectURL(file) : ""), [file]);
  useEffect(() => () => URL.revokeObjectURL(local), [local]);
  const address = local || `/chat/api/file/${encodeURIComponent(textOf(body, "file"))}`;
  const alt = textOf(body, "alt") || textOf(body, "name");
  if (broken) return <p class="muted">{t("kind.picture.gone")}</p>;
  const image = <img class="shown" src={address} alt={t("kind.picture", { alt })} {...boundsOf(body)} onError={() => setBroken(true)} />;
  return (
    <figure>
      {local ? image : <a href={address} target="_blank" rel="noopener">{image}</a>}
      {textOf(body, "alt") && <figcaption class="small">{textOf(body, "alt")}</figcaption>}
    </figure>
  );
}

function boundsOf(body: Record<string, unknown>): { width?: number; height?: number } {
  const [width, height] = [Number(body.width), Number(body.height)];
  if (!(width > 0) || !(height > 0)) return {};
  const scale = Math.min(1, WIDEST / width, HIGHEST / height);
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}
