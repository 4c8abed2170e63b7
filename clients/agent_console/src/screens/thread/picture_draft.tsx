import type { Signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { t } from "../../i18n/t.ts";
import { Field } from "../../ui/field.tsx";
import { IconButton } from "../../ui/parts.tsx";

const LARGEST = 8 * 1024 * 1024;
const KINDS = "image/jpeg,image/png,image/webp,image/gif";

/** A picture that is about to be sent, and what it shows in words. */
export function PictureDraft({ file, alt, onRemove }: { file: File; alt: Signal<string>; onRemove: () => void }) {
  const address = useMemo(() => URL.createObjectURL(file), [file]);
  useEffect(() => () => URL.revokeObjectURL(address), [address]);
  return (
    <div class="picture-draft row">
      <img src={address} alt="" />
      <div class="grow"><Field label={t("composer.picture.alt")} hint={t("composer.picture.hint")} value={alt.value} maxLength={300} onInput={(text) => (alt.value = text)} /></div>
      <IconButton icon="x" label={t("composer.picture.remove")} onClick={onRemove} />
    </div>
  );
}

export function tooLarge(file: File): boolean {
  return file.size > LARGEST;
}

export function choosePicture(): Promise<File | null> {
  return new Promise((resolve) => {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = KINDS;
    input.onchange = () => resolve(input.files?.[0] ?? null);
    input.oncancel = () => resolve(null);
    input.click();
  });
}

export function pictureIn(data: DataTransfer | null): File | null {
  return [...(data?.files ?? [])].find((file) => KINDS.split(",").includes(file.type)) ?? null;
}
