import { useSignal } from "@preact/signals";
import { t } from "../../i18n/t.ts";
import { addItem, addRoom, nextLabel, removeRoom, renameRoom } from "../../jobs/actions.ts";
import { newItem } from "../../jobs/create.ts";
import { chosenProposal, type Item, type JobDocument, type Room } from "../../jobs/model.ts";
import { money } from "../../jobs/money.ts";
import { sizePair } from "../../jobs/size.ts";
import { unfinished } from "../../jobs/unfinished.ts";
import { catalogueOf } from "../../jobs/price.ts";
import { change } from "../../jobs/work.ts";
import { isEditor } from "../../state/editor.ts";
import { go, href } from "../../state/router.ts";
import { unit } from "../../state/unit.ts";
import { Icon } from "../../ui/icon.tsx";
import { Button, Empty, IconButton, Mark } from "../../ui/parts.tsx";
import { Field } from "../../ui/field.tsx";
import { Screen } from "../../ui/screen.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { Proposals } from "./proposals.tsx";
import type { TabProps } from "./frame.ts";

/** The rooms and their windows, with the running total always in sight. */
export function WindowsTab({ job, frame }: TabProps) {
  const { doc } = job;
  const items = chosenProposal(doc).items;
  const left = unfinished(chosenProposal(doc), doc.totals).length;
  return (
    <Screen {...frame} bottom={<>
      <div class="grow"><p class="tiny muted">{t("job.items", { count: count(items) })}{left > 0 && ` · ${t("unfinished.short", { count: left })}`}</p><p class="figure">{total(doc)}</p></div>
      <Button kind={items.length ? "primary" : ""} tall onClick={() => go("job", doc.job_ref, "quote")}>{t("windows.next")}</Button>
    </>}>
      <Proposals doc={doc} />
      {!items.length && <Empty title={t("windows.empty")}><p>{t("windows.empty.words")}</p></Empty>}
      {doc.rooms.map((room) => <RoomCard key={room.id} doc={doc} room={room} items={items.filter((item) => item.room === room.id)} />)}
      <AddRoom doc={doc} />
    </Screen>
  );
}

const count = (items: readonly Item[]): number => items.reduce((sum, item) => sum + item.quantity, 0);

function total(doc: JobDocument): string {
  const totals = doc.totals;
  return totals?.lines.some((line) => line.ok) ? money(totals.total, totals.currency) : "–";
}

function RoomCard({ doc, room, items }: { doc: JobDocument; room: Room; items: readonly Item[] }) {
  const renaming = useSignal(false);
  const add = (): void => {
    const item = newItem(room.id, nextLabel(doc, room.id, t("windows.label")));
    const last = items.at(-1);
    change(doc.job_ref, addItem(last ? { ...item, product: last.product, range: last.range, colour: last.colour, mount: last.mount } : item));
    go("job", doc.job_ref, "item", item.id);
  };
  return (
    <section class="stack tight" aria-label={room.name}>
      <div class="row apart">
        <h2 class="words">{room.name}</h2>
        <IconButton icon="pencil" label={t("rooms.rename", { name: room.name })} onClick={() => (renaming.value = true)} />
      </div>
      <div class="card">
        {items.length > 0 && <ul class="list">{items.map((item) => <ItemEntry key={item.id} doc={doc} item={item} />)}</ul>}
        <Button kind={chosenProposal(doc).items.length ? "plain" : "primary"} tall icon="plus" wide disabled={!isEditor.value} onClick={add}>{t("windows.add", { room: room.name })}</Button>
      </div>
      {renaming.value && <RoomSheet doc={doc} room={room} empty={!items.length} onClose={() => (renaming.value = false)} />}
    </section>
  );
}

function ItemEntry({ doc, item }: { doc: JobDocument; item: Item }) {
  const line = doc.totals?.lines.find((one) => one.id === item.id);
  const product = catalogueOf(doc)?.products[item.product];
  const cloth = [item.colour, item.range, product?.name].filter(Boolean).join(" · ");
  const warned = line?.problems.some((problem) => problem.severity === "warning");
  return (
    <li>
      <a class="entry" href={href("job", doc.job_ref, "item", item.id)}>
        <div class="grow">
          <p class="row"><span class="strong two-lines">{item.label}</span>{item.quantity > 1 && <span class="count">× {item.quantity}</span>}</p>
          <p class="small">{sizePair(item.width, item.drop, unit.value)} · {t(`mount.${item.mount}.short`)}</p>
          <p class="small muted two-lines">{cloth || t("item.no_product")}</p>
        </div>
        <div class="stack tight number">
          {line?.ok ? <span class="strong">{money(line.total, doc.totals?.currency ?? "GBP")}</span> : <Mark tone="muted" icon="circle-dashed">{t("item.unfinished")}</Mark>}
          {warned && line?.ok && <Mark tone="warn">{t("item.look")}</Mark>}
        </div>
        <Icon name="chevron-right" size={20} />
      </a>
    </li>
  );
}

function RoomSheet({ doc, room, empty, onClose }: { doc: JobDocument; room: Room; empty: boolean; onClose: () => void }) {
  const remove = (): void => {
    change(doc.job_ref, removeRoom(room.id));
    onClose();
  };
  return (
    <Sheet title={t("rooms.rename", { name: room.name })} onClose={onClose}>
      <Field label={t("rooms.name")} value={room.name} capitals="words" onInput={(name) => change(doc.job_ref, renameRoom(room.id, name))} />
      <RoomNames onPick={(name) => { change(doc.job_ref, renameRoom(room.id, name)); onClose(); }} />
      {empty && doc.rooms.length > 1 && <Button kind="danger" icon="trash" onClick={remove}>{t("rooms.remove")}</Button>}
      <Button kind="primary" tall wide onClick={onClose}>{t("part.done")}</Button>
    </Sheet>
  );
}

function AddRoom({ doc }: { doc: JobDocument }) {
  const open = useSignal(false);
  const name = useSignal("");
  const add = (chosen: string): void => {
    if (chosen.trim()) change(doc.job_ref, addRoom(chosen.trim()));
    name.value = "";
    open.value = false;
  };
  return (
    <>
      <Button icon="plus" disabled={!isEditor.value} onClick={() => (open.value = true)}>{t("rooms.add")}</Button>
      {open.value && (
        <Sheet title={t("rooms.add")} onClose={() => (open.value = false)}>
          <RoomNames onPick={add} />
          <Field label={t("rooms.name")} value={name.value} capitals="words" onInput={(value) => (name.value = value)} />
          <Button kind="primary" tall wide disabled={!name.value.trim()} onClick={() => add(name.value)}>{t("rooms.add")}</Button>
        </Sheet>
      )}
    </>
  );
}

/** The rooms that most homes have, one tap each. */
function RoomNames({ onPick }: { onPick: (name: string) => void }) {
  const names = t("rooms.usual").split("|");
  return <div class="row wrap">{names.map((name) => <Button key={name} onClick={() => onPick(name)}>{name}</Button>)}</div>;
}
