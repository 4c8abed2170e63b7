/** Forward, mail, close, tags, block. */
import type { Conv } from "../../api/types.ts";
import { dialog, type Dialog } from "../../state/panes.ts";
import { BlockDialog, CloseDialog } from "./ending.tsx";
import { ForwardDialog } from "./forward.tsx";
import { MailDialog } from "./mail.tsx";
import { TagsDialog } from "./tags.tsx";

export interface DialogProps {
  conv: Conv;
  onClose: () => void;
}

const DIALOGS: Record<Dialog, (props: DialogProps) => preact.JSX.Element> = {
  forward: ForwardDialog, mail: MailDialog, close: CloseDialog, tags: TagsDialog, block: BlockDialog,
};

export function Dialogs({ conv, which }: { conv: Conv; which: Dialog }) {
  const Chosen = DIALOGS[which];
  return <Chosen conv={conv} onClose={() => (dialog.value = null)} />;
}
