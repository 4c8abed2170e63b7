import { useSignal } from "@preact/signals";
import { openProducts } from "../../catalogue/open.ts";
import { t } from "../../i18n/t.ts";
import { addProposal, alternative, patch } from "../../jobs/actions.ts";
import { chosenProposal, type JobDocument } from "../../jobs/model.ts";
import { change } from "../../jobs/work.ts";
import { isEditor } from "../../state/editor.ts";
import { href } from "../../state/router.ts";
import { Icon } from "../../ui/icon.tsx";
import { Button, Segments } from "../../ui/parts.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { ProductList } from "../item/product_list.tsx";

/** The proposals of a quote: which one is being worked on, a new alternative, and the comparison. */
export function Proposals({ doc }: { doc: JobDocument }) {
  const choosing = useSignal(false);
  const many = doc.proposals.length > 1;
  if (!many && !chosenProposal(doc).items.length) return null;
  const add = async (product: string): Promise<void> => {
    const catalogue = await openProducts(doc.catalogue_version, [product]);
    const name = catalogue?.products[product]?.name ?? t("proposal.other");
    change(doc.job_ref, (now) => addProposal(alternative(chosenProposal(now), name, product))(now));
    choosing.value = false;
  };
  return (
    <div class="stack tight">
      {many && (
        <Segments name="proposal" legend={t("proposal.title")} value={doc.chosen} disabled={!isEditor.value}
          options={doc.proposals.map((one) => [one.id, one.name] as const)} onChange={(chosen) => change(doc.job_ref, patch({ chosen }))} />
      )}
      <div class="row wrap">
        <Button icon="copy-plus" disabled={!isEditor.value} onClick={() => (choosing.value = true)}>{t("proposal.add")}</Button>
        {many && <a class="button" href={href("job", doc.job_ref, "compare")}><Icon name="layout-columns" />{t("proposal.compare")}</a>}
      </div>
      {choosing.value && (
        <Sheet title={t("proposal.choose")} onClose={() => (choosing.value = false)} flush>
          <ProductList doc={doc} chosen="" onPick={(product) => void add(product)} />
        </Sheet>
      )}
    </div>
  );
}
