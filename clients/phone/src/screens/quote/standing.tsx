import { t } from "../../i18n/t.ts";
import { roomOf } from "../../jobs/actions.ts";
import { chosenProposal, type JobDocument } from "../../jobs/model.ts";
import { unfinished, type Unfinished } from "../../jobs/unfinished.ts";
import type { Blocker } from "../../jobs/validate.ts";
import { problemMessage } from "../../pricing/engine.ts";
import { href } from "../../state/router.ts";
import { Note } from "../../ui/parts.tsx";

const PLACE: Record<Blocker, "customer" | "windows" | "quote"> = {
  name: "customer", email: "customer", phone: "customer", no_items: "windows", items_wrong: "windows", discount: "quote", deposit: "quote", minimum: "windows",
};

/** What still stands in the way, each with the way there; of windows each one by name. */
export function Standing({ doc, blockers }: { doc: JobDocument; blockers: readonly Blocker[] }) {
  const windows = blockers.includes("items_wrong") ? unfinished(chosenProposal(doc), doc.totals) : [];
  const others = blockers.filter((one) => one !== "items_wrong" || !windows.length);
  return (
    <Note tone="warn">
      <p class="strong">{t("quote.standing")}</p>
      <ul class="ways">
        {others.map((one) => <li key={one}><a href={href("job", doc.job_ref, PLACE[one])}>{t(`blocker.${one}`)}</a></li>)}
        {windows.map((one) => <li key={one.item.id}><a href={href("job", doc.job_ref, "item", one.item.id)}>{wordsOf(doc, one)}</a></li>)}
      </ul>
    </Note>
  );
}

function wordsOf(doc: JobDocument, { item, problem }: Unfinished): string {
  const window = [roomOf(doc, item.room)?.name, item.label].filter(Boolean).join(", ");
  return `${window}: ${problem ? problemMessage(problem) : t("blocker.items_wrong")}`;
}
