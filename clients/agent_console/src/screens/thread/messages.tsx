/** What was said, the newest at the bottom. It stays there while one reads on, and never jumps while one reads back. */
import { useComputed, useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { Conv } from "../../api/types.ts";
import { linesOf } from "../../logic/lines.ts";
import { daysBetween } from "../../logic/when.ts";
import { t } from "../../i18n/t.ts";
import { heard } from "../../state/heard.ts";
import { waiting } from "../../state/hub.ts";
import { mySeat } from "../../state/store.ts";
import type { Thread } from "../../state/threads.ts";
import { seatName } from "../names.ts";
import { Message } from "./message.tsx";

const AT_ONCE = 200;
const NEAR_PX = 80;

export function Messages({ conv, thread }: { conv: Conv; thread: Thread }) {
  const box = useRef<HTMLDivElement>(null);
  const count = useSignal(AT_ONCE);
  const newFrom = useNewFrom(thread);
  const lines = useComputed(() => linesOf(
    thread.entries.value, thread.acked.value, waiting.value.filter((item) => item.s === thread.s), mySeat(), newFrom.value,
  ));
  const hidden = Math.max(0, lines.value.length - count.value);
  useStayAtEnd(box, [lines.value.length, thread.typing.value.size, conv.id]);
  return (
    <div ref={box} class="messages" tabIndex={0} role="log" aria-live="off" aria-label={t("thread.log")} aria-busy={!thread.live.value}>
      {hidden > 0 && <button type="button" class="button plain" onClick={() => (count.value += AT_ONCE)}>{t("thread.earlier", { count: hidden })}</button>}
      {!thread.live.value && !lines.value.length && <p class="muted centre">{t("thread.loading")}</p>}
      {lines.value.slice(hidden).map((line) => (
        <div key={line.key} class="line">
          {line.day && <p class="day"><span>{dayWords(line.day)}</span></p>}
          {line.firstNew && <p class="day new"><span>{t("thread.new")}</span></p>}
          <Message conv={conv} thread={thread} line={line} />
        </div>
      ))}
      <Typing conv={conv} thread={thread} />
    </div>
  );
}

/** The read mark as it stood when the conversation was opened. */
function useNewFrom(thread: Thread) {
  const from = useSignal<number | null>(null);
  useEffect(() => {
    if (thread.live.value && from.value === null) from.value = thread.reads.peek()[mySeat()] ?? 0;
  }, [thread.live.value]);
  return useComputed(() => (thread.live.value ? from.value : null));
}

function useStayAtEnd(box: { current: HTMLDivElement | null }, changes: readonly unknown[]): void {
  const atEnd = useRef(true);
  useEffect(() => {
    const element = box.current as HTMLDivElement;
    const note = (): void => void (atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX);
    const stay = (): void => void (atEnd.current && (element.scrollTop = element.scrollHeight));
    const watcher = new ResizeObserver(stay);
    watcher.observe(element);
    element.addEventListener("scroll", note, { passive: true });
    // A picture that arrives makes the page longer.
    element.addEventListener("load", stay, true);
    return () => watcher.disconnect();
  }, []);
  useLayoutEffect(() => {
    const element = box.current;
    if (element && atEnd.current) element.scrollTop = element.scrollHeight;
  }, [...changes]);
}

function Typing({ conv, thread }: { conv: Conv; thread: Thread }) {
  const seats = [...thread.typing.value].filter((seat) => seat !== mySeat());
  if (!seats.length || !heard.value) return null;
  return <p class="typing"><span class="dots" aria-hidden="true"><i /><i /><i /></span>{t("thread.typing", { name: seatName(conv, seats[0] as string) })}</p>;
}

function dayWords(iso: string): string {
  const days = daysBetween(new Date(iso), new Date());
  if (days === 0) return t("thread.today");
  if (days === 1) return t("thread.yesterday");
  return new Date(iso).toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "short", year: "numeric" });
}
