import { useSignal } from "@preact/signals";
import type { Conv } from "../../api/types.ts";
import type { Said } from "../../logic/lines.ts";
import { linksOf, piecesOf, textOf } from "../../logic/text.ts";
import { clock, exactTime } from "../../logic/when.ts";
import { t, tCode } from "../../i18n/t.ts";
import type { Item } from "../../protocol/outbox.ts";
import type { Entry } from "../../protocol/wire.ts";
import { takeBack } from "../../state/take_back.ts";
import { retry } from "../../state/hub.ts";
import { colleagueOf, mySeat } from "../../state/store.ts";
import type { Thread } from "../../state/threads.ts";
import { translated, translates } from "../../state/translate.ts";
import { Icon } from "../../ui/icon.tsx";
import { Button } from "../../ui/parts.tsx";
import { seatName, visitorName } from "../names.ts";
import { Shown } from "./shown.tsx";

interface MessageProps {
  conv: Conv;
  thread: Thread;
  line: Said;
}

export function Message({ conv, thread, line }: MessageProps) {
  const { entry } = line;
  if (entry.kind === "system") return <p class="system" title={exactTime(entry.at)}>{systemWords(conv, entry)}</p>;
  const side = entry.from === "visitor" ? "theirs" : entry.from === mySeat() ? "ours mine" : "ours";
  const look = ["message", side, entry.kind, line.goesOn ? "goes-on" : "", line.pending ? "pending" : ""].join(" ");
  return (
    <article class={look} aria-label={spokenHead(conv, entry)}>
      {!line.goesOn && <Head conv={conv} entry={entry} />}
      <div class="bubble"><Body conv={conv} entry={entry} pending={line.pending} /></div>
      <Foot conv={conv} thread={thread} line={line} />
    </article>
  );
}

function spokenHead(conv: Conv, entry: Entry): string {
  const hidden = entry.kind === "whisper" || entry.kind === "note" ? `, ${t(`kind.${entry.kind}`)}` : "";
  return `${seatName(conv, entry.from)}${hidden}`;
}

function Head({ conv, entry }: { conv: Conv; entry: Entry }) {
  const hidden = entry.kind === "whisper" || entry.kind === "note";
  return (
    <p class="who">
      <span class="strong">{seatName(conv, entry.from)}</span>
      {hidden && <span class="hidden-mark"><Icon name={entry.kind === "note" ? "note" : "eye-off"} size={14} />{t(`kind.${entry.kind as "note"}`)}, {t("kind.hidden")}</span>}
    </p>
  );
}

function Body({ conv, entry, pending }: { conv: Conv; entry: Entry; pending: Item | null }) {
  const { kind, body } = entry;
  if (kind === "text" || kind === "whisper" || kind === "note") return <Text conv={conv} entry={entry} />;
  if (kind === "picture") return <Shown body={body} file={pending?.file} />;
  if (kind === "rating") return <Stars stars={Number(body.stars)} text={textOf(body)} />;
  return <p class="muted">{t(kind === "erased" ? "kind.erased" : "kind.unknown")}</p>;
}

function Text({ conv, entry }: { conv: Conv; entry: Entry }) {
  const other = useSignal<string | null>(null);
  const text = textOf(entry.body);
  const canTranslate = translates.value && entry.from === "visitor" && entry.kind === "text";
  const ask = async (): Promise<void> => void (other.value = other.value ? null : await translated(text, navigator.language));
  return (
    <>
      <p class="words" lang={entry.from === "visitor" && !other.value ? conv.language : undefined}>{other.value ?? <Words text={text} entry={entry} />}</p>
      {canTranslate && <Button kind="plain" icon="language" onClick={() => void ask()}>{t(other.value ? "act.original" : "act.translate")}</Button>}
    </>
  );
}

function Words({ text, entry }: { text: string; entry: Entry }) {
  return (
    <>
      {piecesOf(text, linksOf(entry.body)).map((piece, at) => "words" in piece ? <span key={at}>{piece.words}</span> : (
        <a key={at} href={piece.link.url} target="_blank" rel="noopener noreferrer nofollow" title={piece.link.external ? t("link.external", { host: piece.link.host }) : undefined}>
          {piece.link.url}
          {piece.link.external && <span class="host"><Icon name="external-link" size={14} />{piece.link.host}<span class="only-read">. {t("link.external", { host: piece.link.host })}</span></span>}
        </a>
      ))}
    </>
  );
}

function Stars({ stars, text }: { stars: number; text: string }) {
  return (
    <>
      <p class="stars" role="img" aria-label={t("kind.rating", { stars })}>{[1, 2, 3, 4, 5].map((one) => <Icon key={one} name="star" size={18} class={one <= stars ? "full" : ""} />)}</p>
      {text && <p class="words">{text}</p>}
    </>
  );
}

/** When, and for one's own words what became of them: a word and a shape. */
function Foot({ conv, thread, line: { entry, pending } }: MessageProps) {
  if (pending?.refused) return <Refused conv={conv} item={pending} why={pending.refused.detail} />;
  const time = entry.at ? clock(new Date(entry.at)) : "";
  return (
    <p class="foot">
      <time dateTime={entry.at} title={entry.at ? exactTime(entry.at) : ""}>{time}</time>
      {entry.from === mySeat() && <Standing thread={thread} entry={entry} pending={pending} />}
    </p>
  );
}

function Standing({ thread, entry, pending }: { thread: Thread; entry: Entry; pending: Item | null }) {
  if (pending) return <span class="standing"><Icon name="clock" size={14} />{t(pending.file ? "state.uploading" : "state.sending")}</span>;
  if (entry.body.mailed) return <span class="standing"><Icon name="mail" size={14} />{t("state.mailed")}</span>;
  if (entry.audience !== "all") return null;
  const read = (thread.reads.value.visitor ?? 0) >= entry.seq;
  return <span class={read ? "standing read" : "standing"}><Icon name={read ? "checks" : "check"} size={14} />{t(read ? "state.read" : "state.sent")}</span>;
}

function Refused({ conv, item, why }: { conv: Conv; item: Item; why: string }) {
  return (
    <div class="refused" role="alert">
      <p><Icon name="alert-triangle" size={16} />{t("state.refused", { why })}</p>
      <div class="row">
        <Button icon="refresh" onClick={() => retry(item.cid)}>{t("state.retry")}</Button>
        <Button kind="plain" onClick={() => takeBack(conv, item.cid)}>{t("state.edit")}</Button>
      </div>
    </div>
  );
}

function systemWords(conv: Conv, { body }: Entry): string {
  const agentId = textOf(body, "agent");
  const name = textOf(body, "name") || colleagueOf(agentId)?.name || "";
  const code = textOf(body, "code");
  if (code === "forwarded") return t("system.forwarded", { name, to: namesOf(body.to) });
  if (code === "closed") return body.by === "visitor" ? t("system.closed.visitor") : name ? t("system.closed.by", { name }) : t("system.closed");
  if (code === "reopened" && name) return t("system.reopened.by", { name });
  if (code === "handed_to_mail" && body.reachable === false) return t("system.handed_to_mail.unreachable");
  return tCode("system", code, "system.other", { name: name || visitorName(conv) });
}

function namesOf(ids: unknown): string {
  return Array.isArray(ids) ? ids.map((id) => colleagueOf(String(id))?.name).filter(Boolean).join(", ") : "";
}
