/** Somebody waits: seen with what they look at, heard, and taken with one key. */
import { useEffect, useRef } from "preact/hooks";
import type { Conv } from "../api/types.ts";
import { stopwatch } from "../logic/when.ts";
import { t } from "../i18n/t.ts";
import { accept, busy, decline } from "../state/actions.ts";
import { nameOfAgent } from "../state/events.ts";
import { ringing } from "../state/store.ts";
import { tick } from "../state/timers.ts";
import { alertAloud } from "../ui/announce.tsx";
import { Icon } from "../ui/icon.tsx";
import { Avatar } from "../ui/parts.tsx";
import { visitorName } from "./names.ts";
import { Picture } from "./picture.tsx";

const SHOWN = 2;

export function Rings() {
  const rings = ringing.value;
  useSpoken(rings);
  if (!rings.length) return null;
  return (
    <section class="rings" aria-label={t("ring.title", { count: rings.length })}>
      {rings.slice(0, SHOWN).map((conv) => <Ring key={conv.id} conv={conv} />)}
      {rings.length > SHOWN && <p class="small muted">{t("ring.more", { count: rings.length - SHOWN })}</p>}
    </section>
  );
}

function Ring({ conv }: { conv: Conv }) {
  const asking = busy.value.has(`${conv.id} accept`);
  return (
    <article class="ring rise">
      <span class="bell" aria-hidden="true"><Icon name="bell-ringing" size={24} /></span>
      {conv.listing ? <Picture listing={conv.listing} /> : <Avatar name={conv.consumer.name ?? ""} />}
      <div class="grow about">
        <h2 class="clip">{headingOf(conv)}</h2>
        <p class="clip">{aboutOf(conv)}</p>
        <p class="clip muted">{conv.last?.kind === "text" ? `“${conv.last.preview}”` : ""}</p>
      </div>
      <Wait since={conv.waiting_since} />
      <div class="row ask">
        <button type="button" class="button primary" disabled={asking} onClick={() => void accept(conv.id)}>
          <Icon name="check" /><span>{t("ring.accept")}</span><kbd>A</kbd>
        </button>
        <button type="button" class="button" onClick={() => void decline(conv.id)}><span>{t("ring.decline")}</span><kbd>D</kbd></button>
      </div>
    </article>
  );
}

function Wait({ since }: { since: string | null }) {
  if (!since) return null;
  return <p class="wait figure" aria-hidden="true">{stopwatch((tick.value - Date.parse(since)) / 1000)}</p>;
}

/** Each ring is read aloud once, at once. */
function useSpoken(rings: readonly Conv[]): void {
  const spoken = useRef(new Set<string>());
  useEffect(() => {
    for (const conv of rings) {
      if (spoken.current.has(conv.id)) continue;
      alertAloud(t("ring.aloud", { name: visitorName(conv), about: aboutOf(conv) }));
    }
    spoken.current = new Set(rings.map((conv) => conv.id));
  }, [rings]);
}

function headingOf(conv: Conv): string {
  if (conv.state === "active") return t("ring.forwarded", { by: nameOfAgent(conv.agent), name: visitorName(conv) });
  return t("ring.heading", { name: visitorName(conv) });
}

function aboutOf(conv: Conv): string {
  const { title, price } = conv.listing ?? {};
  return [title ?? conv.page?.title ?? conv.placement, price].filter(Boolean).join(" · ");
}
