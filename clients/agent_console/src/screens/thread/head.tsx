import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Conv } from "../../api/types.ts";
import { t } from "../../i18n/t.ts";
import { accept, act } from "../../state/actions.ts";
import { nameOfAgent } from "../../state/events.ts";
import { heard } from "../../state/heard.ts";
import { detailsOpen, dialog } from "../../state/panes.ts";
import { go } from "../../state/router.ts";
import { me, rung } from "../../state/store.ts";
import type { Thread } from "../../state/threads.ts";
import { Icon } from "../../ui/icon.tsx";
import { Button, IconButton } from "../../ui/parts.tsx";
import { visitorName } from "../names.ts";

export function Head({ conv, thread }: { conv: Conv; thread: Thread }) {
  return (
    <header class="thread-head">
      <span class="back"><IconButton icon="arrow-left" label={t("thread.back")} onClick={() => go()} /></span>
      <div class="grow">
        <h2 id="thread-name" class="clip">{visitorName(conv)}{conv.hot && <Icon name="flame" size={18} class="hot" />}</h2>
        <p class="small muted clip"><Whereabouts conv={conv} thread={thread} /></p>
      </div>
      <MainActs conv={conv} />
      <span class="details-button">
        <IconButton icon="layout-sidebar-right" label={t("thread.details")} expanded={detailsOpen.value} onClick={() => (detailsOpen.value = !detailsOpen.value)} />
      </span>
      <Menu conv={conv} />
    </header>
  );
}

function Whereabouts({ conv, thread }: { conv: Conv; thread: Thread }) {
  const known = heard.value;
  const here = known && thread.present.value.has("visitor");
  const parts = [t(`section.${sectionWord(conv)}`)];
  if (conv.state === "active") parts[0] = conv.agent === me.value.id ? t("section.mine") : t("thread.with", { name: nameOfAgent(conv.agent) });
  const ended = conv.state === "closed" || conv.channel === "offline";
  return (
    <>
      {!ended && <span class={here ? "here yes" : "here"}><span class={`dot ${here ? "online" : "offline"}`} />{t(here ? "thread.here" : known ? "thread.gone" : "thread.unknown")}</span>}
      {!ended && " · "}{parts.join(" · ")}
    </>
  );
}

function sectionWord(conv: Conv): "ringing" | "colleagues" | "mail" | "closed" {
  return ({ waiting: "ringing", active: "colleagues", hand_over: "mail", closed: "closed" } as const)[conv.state];
}

/** The one next thing is filled; the others stand beside it where there is room. */
function MainActs({ conv }: { conv: Conv }) {
  if (conv.state === "waiting" || rung.value.has(conv.id)) {
    return <Button kind="primary" icon="check" onClick={() => void accept(conv.id)}>{t("act.accept")}</Button>;
  }
  if (conv.state === "closed") return <Button icon="lock-open" onClick={() => void act(conv.id, "reopen")}>{t("act.reopen")}</Button>;
  // A phone has no room for it beside the name; there it stands above the field.
  if (conv.state === "hand_over") return <span class="wide-only"><Button kind="primary" icon="mail" onClick={() => (dialog.value = "mail")}>{t("act.mail")}</Button></span>;
  if (conv.agent !== me.value.id) return null;
  return (
    <span class="row wide-only">
      <Button icon="share-3" onClick={() => (dialog.value = "forward")}>{t("act.forward")}</Button>
      <Button icon="mail" onClick={() => (dialog.value = "mail")}>{t("act.mail")}</Button>
      <Button icon="x" onClick={() => (dialog.value = "close")}>{t("act.close")}</Button>
    </span>
  );
}

/** Everything that can be done, one below the other. */
function Menu({ conv }: { conv: Conv }) {
  const open = useSignal(false);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open.value) return;
    const outside = (event: Event): void => void (box.current?.contains(event.target as Node) || (open.value = false));
    addEventListener("pointerdown", outside);
    box.current?.querySelector<HTMLElement>(".menu button")?.focus();
    return () => removeEventListener("pointerdown", outside);
  }, [open.value]);
  return (
    <div ref={box} class="menu-place" onKeyDown={(event) => inMenu(event, () => (open.value = false))}>
      <IconButton icon="dots-vertical" label={t("act.more")} expanded={open.value} onClick={() => (open.value = !open.value)} />
      {open.value && <div class="menu rise" onClick={() => (open.value = false)}>{itemsOf(conv).map((item) => <Item key={item.words} {...item} />)}</div>}
    </div>
  );
}

interface ItemProps {
  icon: string;
  words: string;
  does: () => void;
  danger?: boolean;
}

function Item({ icon, words, does, danger }: ItemProps) {
  return <button type="button" class={danger ? "danger" : ""} onClick={does}><Icon name={icon} />{words}</button>;
}

function itemsOf(conv: Conv): ItemProps[] {
  const mine = conv.state === "active" && conv.agent === me.value.id;
  const items: (ItemProps | false)[] = [
    mine && { icon: "share-3", words: t("act.forward"), does: () => (dialog.value = "forward") },
    { icon: "mail", words: t("act.mail"), does: () => (dialog.value = "mail") },
    { icon: "tag", words: t("act.tags"), does: () => (dialog.value = "tags") },
    { icon: conv.hot ? "flame-off" : "flame", words: t(conv.hot ? "act.hot.off" : "act.hot.on"), does: () => void act(conv.id, "hot", { on: !conv.hot }) },
    conv.state === "closed"
      ? { icon: "lock-open", words: t("act.reopen"), does: () => void act(conv.id, "reopen") }
      : { icon: "x", words: t("act.close"), does: () => (dialog.value = "close") },
    conv.consumer.blocked
      ? { icon: "user", words: t("act.unblock"), does: () => void act(conv.id, "block", { on: false }) }
      : { icon: "ban", words: t("act.block"), does: () => (dialog.value = "block"), danger: true },
  ];
  return items.filter((item): item is ItemProps => !!item);
}

function inMenu(event: KeyboardEvent, close: () => void): void {
  const items = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>(".menu button")];
  if (!items.length) return;
  const at = items.indexOf(document.activeElement as HTMLElement);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "Escape") close();
  if (step) items[(at + step + items.length) % items.length]?.focus();
  if (!step && event.key !== "Escape") return;
  event.preventDefault();
  if (event.key === "Escape") (event.currentTarget as HTMLElement).querySelector<HTMLElement>("button")?.focus();
}
