/** Whom one talks with: what they look at, how to reach them, what was before. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { api } from "../../api/client.ts";
import type { Conv, Earlier } from "../../api/types.ts";
import { briefTime, exactTime } from "../../logic/when.ts";
import { t } from "../../i18n/t.ts";
import { act } from "../../state/actions.ts";
import { detailsOpen, dialog } from "../../state/panes.ts";
import { href, openId } from "../../state/router.ts";
import { business, convOf, dispositions } from "../../state/store.ts";
import { Icon } from "../../ui/icon.tsx";
import { Button, IconButton, Switch } from "../../ui/parts.tsx";
import { Picture } from "../picture.tsx";
import { Contact } from "./contact.tsx";

export function SidePane() {
  const conv = openId.value ? convOf(openId.value) : undefined;
  if (!conv) return null;
  return (
    <section class="side" aria-label={t("side.title")}>
      <header class="side-head"><h2>{t("side.title")}</h2><IconButton icon="x" label={t("act.close_dialog")} onClick={() => (detailsOpen.value = false)} /></header>
      <Looking conv={conv} />
      <Contact key={conv.id} conv={conv} />
      <Marks conv={conv} />
      <Before key={`before ${conv.id}`} conv={conv} />
    </section>
  );
}

function Looking({ conv }: { conv: Conv }) {
  const { listing, page } = conv;
  return (
    <section>
      <h3>{t("side.looking")}</h3>
      {listing ? (
        <div class="listing">
          <Picture listing={listing} large />
          <p class="strong">{listing.url ? <Out url={listing.url}>{listing.title || listing.url}</Out> : listing.title}</p>
          {listing.price && <p class="figure">{listing.price}</p>}
        </div>
      ) : <p class="muted">{t("side.nothing")}</p>}
      <dl class="facts">
        {page?.url && <div><dt>{t("side.page")}</dt><dd><Out url={page.url}>{page.title || page.url}</Out></dd></div>}
        {page?.referrer && <div><dt>{t("side.from")}</dt><dd class="words">{hostOf(page.referrer)}</dd></div>}
        {conv.provider && <div><dt>{t("side.provider")}</dt><dd>{conv.provider}</dd></div>}
        {conv.placement && <div><dt>{t("side.placement")}</dt><dd>{conv.placement}</dd></div>}
        <div><dt>{t("side.language")}</dt><dd>{languageName(conv.language)}</dd></div>
      </dl>
    </section>
  );
}

function Out({ url, children }: { url: string; children: string | undefined }) {
  if (!/^https?:\/\//i.test(url)) return <span class="words">{children}</span>;
  return <a class="words" href={url} target="_blank" rel="noopener noreferrer">{children}<Icon name="external-link" size={14} /></a>;
}

function Marks({ conv }: { conv: Conv }) {
  const ended = dispositions.value.find((one) => one.code === conv.disposition)?.label;
  return (
    <section>
      <h3>{t("side.marks")}</h3>
      <Switch label={t("act.hot")} on={conv.hot} onChange={(on) => void act(conv.id, "hot", { on })} />
      <div class="chips">
        {conv.tags.map((word) => <span key={word} class="chip still"><Icon name="tag" size={16} />{word}</span>)}
        <Button kind="plain" icon="tag" onClick={() => (dialog.value = "tags")}>{t("act.tags")}</Button>
      </div>
      {ended && <dl class="facts"><div><dt>{t("side.ended")}</dt><dd>{ended}</dd></div></dl>}
      {conv.stars && <dl class="facts"><div><dt>{t("side.stars")}</dt><dd>{t("kind.rating", { stars: conv.stars })}</dd></div></dl>}
    </section>
  );
}

function Before({ conv }: { conv: Conv }) {
  const earlier = useSignal<readonly Earlier[] | null>(null);
  useEffect(() => void api.conversation(conv.id).then((detail) => (earlier.value = detail.earlier), () => undefined), [conv.id]);
  const name = business.value;
  return (
    <section>
      <h3>{t("side.earlier", { business: name })}</h3>
      {earlier.value === null && <p class="muted">{t("thread.loading")}</p>}
      {earlier.value?.length === 0 && <p class="muted">{t("side.earlier.none", { business: name })}</p>}
      <ul class="before">
        {earlier.value?.map((one) => (
          <li key={one.id}><a href={href("c", one.id)}><time class="muted" dateTime={one.at} title={exactTime(one.at)}>{briefTime(one.at, Date.now())}</time><span class="clip">{one.listing?.title ?? t("app.title")}</span></a></li>
        ))}
      </ul>
    </section>
  );
}

function hostOf(url: string): string {
  try {
    return new URL(url).hostname;
  } catch {
    return url;
  }
}

function languageName(code: string): string {
  try {
    return new Intl.DisplayNames("en-GB", { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}
