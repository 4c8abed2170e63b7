import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { t } from "../i18n/t.ts";
import { IconButton } from "./parts.tsx";

interface SheetProps {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
  tall?: boolean;
  flush?: boolean;
}

/** Rises from the bottom, within reach of the thumb. The browser's own dialog keeps focus and Escape right. */
export function Sheet({ title, onClose, children, tall, flush }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  const closeOutside = (event: MouseEvent): void => void (event.target === dialog.current && onClose());
  return (
    <dialog ref={dialog} class={`sheet rise${tall ? " tall" : ""}`} aria-labelledby={id} onClick={closeOutside}
      onCancel={(event) => { event.preventDefault(); onClose(); }}>
      <header>
        <h2 id={id}>{title}</h2>
        <IconButton icon="x" label={t("part.close")} onClick={onClose} />
      </header>
      <div class={`inside stack${flush ? " flush" : ""}`}>{children}</div>
    </dialog>
  );
}
