import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { catalogues, notOpen, openProducts } from "./open.ts";
import { pictureAddress } from "./pictures.ts";

/** Opens a catalogue version with these products; true once it is known whether this phone has them. */
export function useCatalogue(version: number, products: readonly string[]): boolean {
  const asked = useSignal(0);
  const wanted = products.join(" ");
  useEffect(() => void openProducts(version, products).finally(() => (asked.value = version)), [version, wanted]);
  return asked.value === version || (catalogues.value.has(version) && !notOpen(version, products).length);
}

/** An address for a picture of the catalogue, or "" while there is none. */
export function usePicture(version: number, id: string | undefined): string {
  const address = useSignal("");
  useEffect(() => {
    let over = false;
    if (id) void pictureAddress(version, id).then((found) => over || (address.value = found));
    return () => {
      over = true;
      address.value = "";
    };
  }, [version, id]);
  return address.value;
}
