import { usePicture } from "../../catalogue/use.ts";

/** A picture of the catalogue, or the first letter where there is none. */
export function CataloguePicture({ version, id, name }: { version: number; id: string | undefined; name: string }) {
  const address = usePicture(version, id);
  if (address) return <img class="swatch" src={address} alt="" loading="lazy" />;
  return <span class="swatch" aria-hidden="true">{name.slice(0, 1)}</span>;
}
