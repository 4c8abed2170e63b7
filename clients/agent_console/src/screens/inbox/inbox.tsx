/** The list of all conversations, in the order in which they need somebody. */
import { useComputed } from "@preact/signals";
import type { Conv } from "../../api/types.ts";
import { SECTIONS, type Section } from "../../logic/sections.ts";
import { t } from "../../i18n/t.ts";
import { complete, fold, folded, search, searching, shown } from "../../state/lists.ts";
import { counts, me } from "../../state/store.ts";
import { Empty } from "../../ui/drawings.tsx";
import { Icon } from "../../ui/icon.tsx";
import { LongList } from "./long_list.tsx";
import { Row } from "./row.tsx";

export type Line = { head: Section; count: number; more: boolean } | { conv: Conv; at: number; of: number };

export function Inbox() {
  const lines = useComputed(() => linesOf());
  return (
    <nav class="inbox" aria-label={t("inbox.list")}>
      <div class="search" role="search">
        <Icon name="search" size={18} />
        <input type="search" class="input" aria-label={t("inbox.search")} placeholder={t("inbox.search")} value={search.value} autocomplete="off"
          title={t("inbox.search.hint")} onInput={(event) => (search.value = event.currentTarget.value)} onKeyDown={intoList} />
      </div>
      {lines.value.length ? <LongList lines={lines.value} draw={draw} /> : <Nothing />}
    </nav>
  );
}

function linesOf(): Line[] {
  const lines: Line[] = [];
  for (const section of SECTIONS) {
    const convs = shown.value[section];
    if (!convs.length) continue;
    lines.push({ head: section, count: convs.length, more: !complete.value.has(section) && !search.value });
    if (!folded.value.has(section)) lines.push(...convs.map((conv, at) => ({ conv, at: at + 1, of: convs.length })));
  }
  return lines;
}

/** How many the server counts, where it does. */
function countOf(section: Section): number {
  return section === "mail" ? (counts.value.hand_over ?? 0) : 0;
}

function draw(line: Line) {
  return "head" in line ? <Head {...line} /> : <Row conv={line.conv} />;
}

function Head({ head, count, more }: { head: Section; count: number; more: boolean }) {
  const open = !folded.value.has(head);
  return (
    <h2 class={`section-head ${head}`}>
      <button type="button" aria-expanded={open} onClick={() => fold(head)}>
        <Icon name={open ? "chevron-down" : "chevron-right"} size={16} />{t(`section.${head}`)}
        <span class="count">{more ? Math.max(count, countOf(head)) : count}{more && !countOf(head) ? "+" : ""}</span>
      </button>
    </h2>
  );
}

function Nothing() {
  if (searching.value) return <p class="muted pad" role="status">{t("inbox.searching")}</p>;
  if (search.value) return <Empty drawing="lens" title={t("inbox.nothing", { words: search.value })}><p>{t("inbox.nothing.why")}</p></Empty>;
  const online = me.value.presence === "online";
  return <Empty drawing="bench" title={t("inbox.empty")}><p>{t(online ? "inbox.empty.online" : "inbox.empty.offline")}</p></Empty>;
}

/** From the search straight into the list. */
function intoList(event: KeyboardEvent): void {
  if (event.key !== "ArrowDown" && event.key !== "Enter") return;
  event.preventDefault();
  document.querySelector<HTMLElement>(".inbox .entry")?.focus();
}
