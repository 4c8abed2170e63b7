import { productsOf } from "../../catalogue/open.ts";
import { t } from "../../i18n/t.ts";
import type { JobDocument } from "../../jobs/model.ts";
import { familyOf, type Product } from "../../pricing/format.ts";
import { Icon } from "../../ui/icon.tsx";
import { CataloguePicture } from "./catalogue_picture.tsx";

interface ProductListProps {
  doc: JobDocument;
  chosen: string;
  onPick: (product: string) => void;
}

/** The shop's products in the shop's order. */
export function ProductList({ doc, chosen, onPick }: ProductListProps) {
  const products = productsOf(doc.catalogue_version);
  return (
    <ul class="list">
      {products.map((product) => (
        <li key={product.id}>
          <button type="button" class={`entry${product.id === chosen ? " chosen" : ""}`} onClick={() => onPick(product.id)}>
            <CataloguePicture version={doc.catalogue_version} id={product.picture} name={product.name} />
            <span class="grow"><span class="strong">{product.name}</span><Kind product={product} /></span>
            {product.id === chosen && <Icon name="check" />}
          </button>
        </li>
      ))}
    </ul>
  );
}

/** The kind of product, where its name does not say it already. */
function Kind({ product }: { product: Product }) {
  const kind = t(`family.${familyOf(product)}`);
  if (product.name.toLowerCase().includes(kind.toLowerCase())) return null;
  return <><br /><span class="small muted">{kind}</span></>;
}
