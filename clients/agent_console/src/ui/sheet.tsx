import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { t } from "../i18n/t.ts";
import { IconButton } from "./parts.tsx";

interface SheetProps {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
  foot?: ComponentChildren;
  wide?: boolean;
}

/** A dialog: in the middle of a desk, from the bottom of a phone. The browser's own keeps focus and Escape right. */
export function Sheet({ title, onClose, children, foot, wide }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const element = dialog.current;
    const before = document.activeElement;
    element?.showModal();
    return () => {
      element?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  const closeOutside = (event: MouseEvent): void => void (event.target === dialog.current && onClose());
  return (
    <dialog ref={dialog} class={`sheet rise${wide ? " wide" : ""}`} aria-labelledby={id} onClick={closeOutside}
      onCancel={(event) => { event.preventDefault(); onClose(); }}>
      <header>
        <h2 id={id}>{title}</h2>
        <IconButton icon="x" label={t("act.close_dialog")} onClick={onClose} />
      </header>
      <div class="inside stack">{children}</div>
      {foot && <footer>{foot}</footer>}
    </dialog>
  );
}
