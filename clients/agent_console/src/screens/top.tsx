/** Where one is, whether it is connected, and oneself. */
import { useEffect, useRef } from "preact/hooks";
import { stopwatch } from "../logic/when.ts";
import { t } from "../i18n/t.ts";
import { lasting, lineState, retryAt, retryNow } from "../state/hub.ts";
import { helpShown } from "../state/keys.ts";
import { soundOn } from "../state/looks.ts";
import { online } from "../state/network.ts";
import { teamOpen } from "../state/panes.ts";
import { choose, isIdle, silence } from "../state/presence.ts";
import { silenced } from "../state/sound.ts";
import { business, me, openCount, ringing } from "../state/store.ts";
import { tick } from "../state/timers.ts";
import { announce } from "../ui/announce.tsx";
import { Icon } from "../ui/icon.tsx";
import { Avatar, Button, IconButton } from "../ui/parts.tsx";

export function TopBar() {
  return (
    <header class="top">
      <a class="brand" href="/chat/" title={t("app.portal")}><Icon name="message-circle" /><span class="clip">{business.value || t("app.portal")}</span></a>
      <h1 class="only-read">{t("app.title")}</h1>
      <span class="grow" />
      <span class="desk-only"><IconButton icon="help-circle" label={t("help.title")} onClick={() => (helpShown.value = true)} /></span>
      <Myself />
      <Strip />
    </header>
  );
}

function Myself() {
  const { id, name, picture, presence, limit } = me.value;
  const open = openCount(id);
  const shown = isIdle() ? "away" : presence;
  return (
    <button type="button" class={`myself ${shown}`} onClick={() => (teamOpen.value = true)} aria-haspopup="dialog"
      aria-label={`${t("me.title")}. ${t("presence.is", { name, presence: t(`presence.${shown}`) })}. ${t("me.open", { open, limit })}`}>
      <Avatar name={name} picture={picture} presence={shown} />
      <span class="said"><span class="strong">{t(`presence.${shown}`)}</span><Until /></span>
      <Icon name="chevron-down" size={16} />
    </button>
  );
}

function Until() {
  const { id, until, limit } = me.value;
  if (!until) return <span class="small muted">{openCount(id)} / {limit}</span>;
  return <span class="small muted row tight"><Icon name="device-mobile" size={14} />{stopwatch((Date.parse(until) - tick.value) / 1000)}</span>;
}

/** One calm line, only when there is something to know. */
function Strip() {
  useSpokenLine();
  const words = line();
  if (!words) return null;
  return (
    <p class={`strip ${words.tone}`}>
      <Icon name={words.icon} size={16} /><span class="grow">{words.text}</span>
      {words.act && <Button kind="plain" onClick={words.act.does}>{words.act.words}</Button>}
    </p>
  );
}

interface Line {
  icon: string;
  text: string;
  tone: string;
  act?: { words: string; does: () => void };
}

function line(): Line | null {
  const state = lineState.value;
  if (!online.value && state !== "stopped") return { icon: "wifi-off", text: t("line.offline"), tone: "warn" };
  if (state === "waiting") {
    const seconds = Math.max(0, Math.ceil((retryAt.value - tick.value) / 1000));
    return { icon: "plug-connected-x", text: t("line.waiting", { seconds }), tone: "warn", act: { words: t("line.now"), does: retryNow } };
  }
  if (state === "connecting" && wasOpen) return { icon: "refresh", text: t("line.connecting"), tone: "" };
  if (state === "open" && me.value.presence === "offline") {
    return { icon: "bell-off", text: t("line.away"), tone: "", act: { words: t("line.go_online"), does: () => void choose("online") } };
  }
  const silent = state === "open" ? silence() : null;
  if (silent) return { icon: "clock", text: t(`line.${silent}`), tone: "" };
  if (!lasting.value) return { icon: "info-circle", text: t("line.memory"), tone: "" };
  if (ringing.value.length && soundOn.value && silenced.value) return { icon: "volume-off", text: t("ring.muted"), tone: "" };
  return null;
}

let wasOpen = false;

/** Lost and found again is said once each, not at every try. */
function useSpokenLine(): void {
  const lost = useRef(false);
  const state = lineState.value;
  useEffect(() => {
    if (state === "open") {
      if (lost.current) announce(t("live.back"));
      lost.current = false;
      wasOpen = true;
    } else if (state === "waiting" && !lost.current) {
      lost.current = true;
      announce(t("live.lost"));
    }
  }, [state]);
}
