import { t } from "../../i18n/t.ts";
import { catalogueOf } from "../../jobs/price.ts";
import { dayWords } from "../../jobs/dates.ts";
import { chosenProposal, customerLine, isLocked, type Item, type Job, type JobDocument, type Room } from "../../jobs/model.ts";
import { money } from "../../jobs/money.ts";
import { sizePair } from "../../jobs/size.ts";
import { go } from "../../state/router.ts";
import { session } from "../../state/session.ts";
import { unit } from "../../state/unit.ts";
import { IconButton } from "../../ui/parts.tsx";
import { CataloguePicture } from "../item/catalogue_picture.tsx";
import { DrawnStrokes } from "../item/sketch_sheet.tsx";
import { Alternatives } from "./alternatives.tsx";
import { Sums } from "./sums.tsx";

/** The quote as one turns the phone to show it: only what the customer cares about, large and calm. */
export function Paper({ job }: { job: Job }) {
  const { doc } = job;
  const back = (): void => (isLocked(job) ? go("job", doc.job_ref) : go("job", doc.job_ref, "quote"));
  return (
    <section class="screen desk" aria-label={t(`kind.${doc.kind}`)}>
      <div class="leave"><IconButton icon="arrow-left" label={t("part.back")} onClick={back} /></div>
      <article class="paper">
        <Head doc={doc} />
        {doc.rooms.map((room) => <RoomLines key={room.id} doc={doc} room={room} />)}
        {doc.notes.customer && <p class="words">{doc.notes.customer}</p>}
        <Sums totals={doc.totals} />
        <p class="small">{t("paper.valid", { date: dayWords(doc.valid_until) })}</p>
        <Alternatives doc={doc} />
        {doc.signature && (
          <div class="stack tight">
            <DrawnStrokes strokes={doc.signature} class="signed" />
            <p class="small">{t("paper.signed", { name: doc.signature.name, date: dayWords(doc.signature.at) })}</p>
          </div>
        )}
      </article>
    </section>
  );
}

function Head({ doc }: { doc: JobDocument }) {
  const place = doc.site ? [...doc.site.address, doc.site.postcode] : [...doc.customer.address, doc.customer.postcode];
  return (
    <header class="head">
      <p class="shop words">{session.value?.account.name}</p>
      <h1 class="words">{t("paper.for", { kind: t(`kind.${doc.kind}`), name: customerLine(doc.customer) || t("paper.you") })}</h1>
      <p class="small muted words">{place.filter(Boolean).join(", ")}</p>
      <p class="small muted">{dayWords(doc.date)} · {doc.number}</p>
    </header>
  );
}

function RoomLines({ doc, room }: { doc: JobDocument; room: Room }) {
  const items = chosenProposal(doc).items.filter((item) => item.room === room.id);
  if (!items.length) return null;
  return (
    <section>
      <h2 class="words">{room.name}</h2>
      <ul class="lines">{items.map((item) => <PaperLine key={item.id} doc={doc} item={item} />)}</ul>
    </section>
  );
}

function PaperLine({ doc, item }: { doc: JobDocument; item: Item }) {
  const line = doc.totals?.lines.find((one) => one.id === item.id);
  const picture = catalogueOf(doc)?.products[item.product]?.ranges[item.range]?.[item.colour]?.picture;
  const extras = line?.extras.map((extra) => (extra.quantity > item.quantity ? `${extra.extra_name} × ${extra.quantity}` : extra.extra_name)).join(", ");
  return (
    <li class={picture ? "pictured" : ""}>
      {picture && <CataloguePicture version={doc.catalogue_version} id={picture} name={item.colour} />}
      <div class="goods">
        <p class="strong words">{[line?.product_name, line?.range, line?.colour].filter(Boolean).join(", ") || t("item.no_product")}</p>
        <p class="small words">{item.label}{item.width > 0 && ` · ${sizePair(item.width, item.drop, unit.value)}`}{item.quantity > 1 && ` · × ${item.quantity}`}</p>
        {extras && <p class="small muted words">{extras}</p>}
      </div>
      <span class="strong number">{line?.ok ? money(line.amount + line.quote_discount, doc.totals?.currency ?? "GBP") : t("paper.open")}</span>
    </li>
  );
}
