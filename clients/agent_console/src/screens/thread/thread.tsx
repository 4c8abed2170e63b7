/** One conversation: who it is, what was said, what to say. */
import { useEffect } from "preact/hooks";
import type { Conv } from "../../api/types.ts";
import { t } from "../../i18n/t.ts";
import { markRead, stage } from "../../state/hub.ts";
import { missing } from "../../state/missing.ts";
import { dialog } from "../../state/panes.ts";
import { openId } from "../../state/router.ts";
import { convOf, mySeat } from "../../state/store.ts";
import { threadOf, type Thread } from "../../state/threads.ts";
import { seen } from "../../state/seen.ts";
import { Empty } from "../../ui/drawings.tsx";
import { Dialogs } from "./dialogs.tsx";
import { Head } from "./head.tsx";
import { Composer } from "./composer.tsx";
import { Messages } from "./messages.tsx";

export function ThreadPane() {
  const id = openId.value;
  const conv = id ? convOf(id) : undefined;
  if (conv) return <Open key={conv.id} conv={conv} />;
  if (id && missing.value.has(id)) {
    return <section class="thread none"><Empty drawing="lens" title={t("thread.missing")}><p>{t("thread.missing.why")}</p></Empty></section>;
  }
  if (id) return <section class="thread none" aria-busy="true"><p role="status">{t("thread.loading")}</p></section>;
  return <section class="thread none"><Empty drawing="bubbles" title={t("none.title")}><p>{t("none.why")}</p></Empty></section>;
}

function Open({ conv }: { conv: Conv }) {
  const thread = threadOf(conv.id, conv.s);
  useReading(conv, thread);
  return (
    <section class="thread" aria-labelledby="thread-name">
      <Head conv={conv} thread={thread} />
      <Messages conv={conv} thread={thread} />
      <Composer conv={conv} />
      {dialog.value && <Dialogs conv={conv} which={dialog.value} />}
    </section>
  );
}

/** What is on the screen of somebody who looks at it has been read. */
function useReading(conv: Conv, thread: Thread): void {
  const entries = thread.entries.value;
  const last = entries.at(-1)?.seq ?? 0;
  const looks = seen.value;
  useEffect(() => {
    if (!looks || stage.peek() !== "ready" || last <= (thread.reads.peek()[mySeat()] ?? 0)) return;
    markRead(conv, last);
  }, [last, looks, conv.id]);
}
