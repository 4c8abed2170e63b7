/** What to say, and to whom: the visitor, colleagues, or the file. The three never look alike. */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Conv } from "../../api/types.ts";
import { fieldsOf, fill, openField, slashOf } from "../../logic/canned.ts";
import { t } from "../../i18n/t.ts";
import { nameOfAgent } from "../../state/events.ts";
import { draftOf, type Mode } from "../../state/drafts.ts";
import { heard } from "../../state/heard.ts";
import { send, typing } from "../../state/hub.ts";
import { mode } from "../../state/mode.ts";
import { dialog, wishToWrite } from "../../state/panes.ts";
import { business, canned, me } from "../../state/store.ts";
import { threadOf } from "../../state/threads.ts";
import { say } from "../../ui/toast.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Button, IconButton, Note, Segments } from "../../ui/parts.tsx";
import { visitorName } from "../names.ts";
import { Answers } from "./answers.tsx";
import { choosePicture, PictureDraft, pictureIn, tooLarge } from "./picture_draft.tsx";

const TYPING_EVERY_MS = 3000;
const LONGEST = 4000;
// A phone has room for two words beside the buttons.
const narrow = matchMedia("(max-width: 640px)");

export function Composer({ conv }: { conv: Conv }) {
  const canReply = conv.state === "active" && conv.agent === me.value.id;
  const how: Mode = canReply ? mode.value : mode.value === "text" ? "whisper" : mode.value;
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => void (wishToWrite.value && area.current?.focus()), [wishToWrite.value]);
  useEffect(() => void (canReply && matchMedia("(pointer: fine)").matches && area.current?.focus()), [conv.id, canReply]);
  return (
    <footer class={`composer ${how}`}>
      <Hint conv={conv} canReply={canReply} />
      <Modes how={how} canReply={canReply} />
      <Writing key={`${conv.id} ${how}`} conv={conv} how={how} area={area} />
    </footer>
  );
}

function Modes({ how, canReply }: { how: Mode; canReply: boolean }) {
  const all = [["text", t("composer.text"), "message"], ["whisper", t("composer.whisper"), "eye-off"], ["note", t("composer.note"), "note"]] as const;
  return <Segments name="mode" legend={t("composer.mode")} value={how} options={canReply ? all : all.slice(1)} onChange={(next) => (mode.value = next)} />;
}

/** Why one cannot answer here, or that nobody is there to read it. */
function Hint({ conv, canReply }: { conv: Conv; canReply: boolean }) {
  const name = visitorName(conv);
  if (conv.state === "waiting") return <Note icon="info-circle">{t("composer.waiting")}</Note>;
  if (conv.state === "hand_over") return <><Note icon="mail">{t("composer.mail")}</Note><span class="phone-only"><Button kind="primary" icon="mail" onClick={() => (dialog.value = "mail")}>{t("act.mail")}</Button></span></>;
  if (conv.state === "closed") return <Note icon="info-circle">{t("composer.closed")}</Note>;
  if (!canReply) return <Note icon="headset">{t("composer.theirs", { name: nameOfAgent(conv.agent) })}</Note>;
  if (!heard.value || !conv.left_at || threadOf(conv.id, conv.s).present.value.has("visitor")) return null;
  if (!conv.consumer.email) return <Note tone="warn" icon="user-off">{t("composer.left.nomail", { name })}</Note>;
  return (
    <Note tone="warn" icon="user-off">
      {t("composer.left", { name })} <Button kind="plain" icon="mail" onClick={() => (dialog.value = "mail")}>{t("act.mail")}</Button>
    </Note>
  );
}

interface WritingProps {
  conv: Conv;
  how: Mode;
  area: { current: HTMLTextAreaElement | null };
}

function Writing({ conv, how, area }: WritingProps) {
  const draft = draftOf(conv.id, how);
  const picture = useSignal<File | null>(null);
  const alt = useSignal("");
  const browsing = useSignal(false);
  const told = useRef(0);
  useGrowing(area, draft.value);
  const slash = how === "text" ? (slashOf(draft.value) ?? (browsing.value ? "" : null)) : null;
  const input = (text: string): void => {
    draft.value = text;
    if (how === "text") told.current = tellTyping(conv, text, told.current);
  };
  const attach = (file: File | null): void => {
    if (file && tooLarge(file)) return say(t("composer.picture.large"));
    picture.value = file;
  };
  const choose = (text: string): void => {
    browsing.value = false;
    insert(area, draft, fill(text, fieldsOf(conv, me.value.name, business.value)));
  };
  const submit = (): void => {
    if (picture.value) void send(conv, "picture", { name: picture.value.name, alt: alt.value.trim() }, picture.value);
    picture.value = null;
    alt.value = "";
    const text = draft.value.trim();
    if (!text || !isFilled(text, how, area)) return;
    void send(conv, how, { text });
    draft.value = "";
    if (how === "text") typing(conv, false);
    told.current = 0;
  };
  const label = t(`composer.${how}.label`, { name: visitorName(conv) });
  return (
    <form class="writing" onSubmit={(event) => { event.preventDefault(); submit(); }} onPaste={(event) => attachPasted(event, how, attach)}>
      {slash !== null && <Answers typed={slash} onChoose={choose} onLeave={() => { browsing.value = false; if (slashOf(draft.value) !== null) draft.value = ""; area.current?.focus(); }} />}
      {picture.value && <PictureDraft file={picture.value} alt={alt} onRemove={() => (picture.value = null)} />}
      <div class="row bottom">
        {how === "text" && <IconButton icon="paperclip" label={t("composer.picture")} onClick={() => void choosePicture().then(attach)} />}
        {how === "text" && <IconButton icon="bolt" label={t("composer.canned")} expanded={slash !== null} onClick={() => (browsing.value = !browsing.value)} />}
        <textarea ref={area} class="input" rows={1} maxLength={LONGEST} aria-label={label} placeholder={t(narrow.matches ? `composer.${how}.short` : `composer.${how}.hint`)}
          value={draft.value} onInput={(event) => input(event.currentTarget.value)} onKeyDown={(event) => onKey(event, slash !== null, submit)} />
        <button type="submit" class={`button primary send ${how}`} disabled={!draft.value.trim() && !picture.value}>
          <Icon name={how === "text" ? "send" : how === "note" ? "note" : "eye-off"} /><span class="wide-only">{t(how === "text" ? "composer.send" : `composer.send.${how}`)}</span>
          <span class="only-read phone-only">{t(how === "text" ? "composer.send" : `composer.send.${how}`)}</span>
        </button>
      </div>
    </form>
  );
}

/** Enter sends, Shift and Enter begin a new line, Tab goes to the next field that is still open. */
function onKey(event: KeyboardEvent, choosing: boolean, submit: () => void): void {
  const area = event.currentTarget as HTMLTextAreaElement;
  if (event.isComposing || choosing) return;
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    submit();
  } else if (event.key === "Tab" && !event.shiftKey) {
    const next = openField(area.value, knownFields(), area.selectionEnd);
    if (!next) return;
    event.preventDefault();
    area.setSelectionRange(next.from, next.to);
  }
}

function isFilled(text: string, how: Mode, area: WritingProps["area"]): boolean {
  const open = how === "text" ? openField(text, knownFields()) : null;
  if (!open) return true;
  say(t("composer.open", { field: text.slice(open.from, open.to) }));
  const from = area.current?.value.indexOf(text.slice(open.from, open.to)) ?? 0;
  area.current?.focus();
  area.current?.setSelectionRange(from, from + open.to - open.from);
  return false;
}

function knownFields(): string[] {
  return [...new Set(canned.peek().flatMap((one) => one.fields))];
}

/** The answer takes the place of what was typed behind the slash; the first open field is marked. */
function insert(area: WritingProps["area"], draft: { value: string }, filled: ReturnType<typeof fill>): void {
  const before = slashOf(draft.value) === null && draft.value ? `${draft.value.trimEnd()} ` : "";
  draft.value = before + filled.text;
  const [from, to] = filled.open[0] ? [filled.open[0].from, filled.open[0].to] : [filled.text.length, filled.text.length];
  requestAnimationFrame(() => {
    area.current?.focus();
    area.current?.setSelectionRange(before.length + from, before.length + to);
  });
}

function tellTyping(conv: Conv, text: string, told: number): number {
  if (!text) {
    if (told) typing(conv, false);
    return 0;
  }
  if (Date.now() - told < TYPING_EVERY_MS || slashOf(text) !== null) return told;
  typing(conv, true);
  return Date.now();
}

function attachPasted(event: ClipboardEvent, how: Mode, attach: (file: File | null) => void): void {
  const file = how === "text" ? pictureIn(event.clipboardData) : null;
  if (!file) return;
  event.preventDefault();
  attach(file);
}

function useGrowing(area: WritingProps["area"], text: string): void {
  useEffect(() => {
    const element = area.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${element.scrollHeight + 2}px`;
  }, [text]);
}
