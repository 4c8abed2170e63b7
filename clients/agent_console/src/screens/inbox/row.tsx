import type { Conv } from "../../api/types.ts";
import { sectionOf } from "../../logic/sections.ts";
import { briefTime, exactTime, stopwatch } from "../../logic/when.ts";
import { t, tCode } from "../../i18n/t.ts";
import { waiting } from "../../state/hub.ts";
import { nameOfAgent } from "../../state/events.ts";
import { href, openId } from "../../state/router.ts";
import { me, mySeat } from "../../state/store.ts";
import { tick } from "../../state/timers.ts";
import { Icon } from "../../ui/icon.tsx";
import { Avatar } from "../../ui/parts.tsx";
import { visitorName } from "../names.ts";

/** What colleagues have not read, or nobody needs to read any more, is no news. */
const NEWS_FOR_ME = { ringing: true, mine: true, mail: true };

export function Row({ conv }: { conv: Conv }) {
  const unsent = waiting.value.some((item) => item.s === conv.s);
  const unread = sectionOf(conv, me.value.id) in NEWS_FOR_ME ? conv.unread : 0;
  const loud = unread ? " loud" : "";
  return (
    <a class="entry" href={href("c", conv.id)} data-id={conv.id} aria-current={openId.value === conv.id ? "page" : undefined}>
      <Avatar name={conv.consumer.name ?? ""} />
      <span class="grow">
        <span class="row tight">
          <span class={`name clip${loud}`}>{visitorName(conv)}</span>
          {conv.hot && <Icon name="flame" size={16} class="hot" />}{conv.hot && <span class="only-read">{t("row.hot")}</span>}
          <span class="grow" /><Time conv={conv} />
        </span>
        <span class="row tight">
          <span class={`clip grow preview${loud}`}>{previewOf(conv)}</span>
          {unsent && <span class="unsent" title={t("row.unsent")}><Icon name="clock" size={16} /><span class="only-read">{t("row.unsent")}</span></span>}
          {unread > 0 && <span class="count news"><span aria-hidden="true">{unread > 99 ? "99+" : unread}</span><span class="only-read">{t("row.unread", { count: unread })}</span></span>}
        </span>
        <span class="clip about">{aboutOf(conv)}</span>
      </span>
    </a>
  );
}

/** Who waits is shown by the second, everything else by hour or day. */
function Time({ conv }: { conv: Conv }) {
  if (conv.state === "waiting" && conv.waiting_since) {
    const seconds = (tick.value - Date.parse(conv.waiting_since)) / 1000;
    return <span class="time wait"><Icon name="clock" size={14} />{stopwatch(seconds)}</span>;
  }
  const at = conv.last?.at ?? conv.last_at;
  return <time class="time" dateTime={at} title={exactTime(at)}>{briefTime(at, Date.now())}</time>;
}

export function previewOf(conv: Conv): string {
  const { last } = conv;
  if (!last) return "";
  if (last.kind === "picture") return t("preview.picture");
  if (last.kind === "system") return tCode("system", last.preview, "system.other", { name: nameOfAgent(conv.agent), to: "…" });
  if (last.kind === "rating") return t("preview.rating");
  if (last.kind === "erased") return t("preview.erased");
  if (last.kind === "note" || last.kind === "whisper") return t(`preview.${last.kind}`, { text: last.preview });
  return last.from === mySeat() ? t("row.you", { text: last.preview }) : last.preview;
}

function aboutOf(conv: Conv): string {
  const agent = conv.agent && conv.agent !== me.value.id ? t("row.with", { name: nameOfAgent(conv.agent) }) : "";
  const left = conv.left_at && conv.state === "active" ? t("row.left") : "";
  return [conv.listing?.title ?? conv.page?.title ?? conv.placement, agent, left, ...conv.tags].filter(Boolean).join(" · ");
}
