/** A listing's picture. Its address came from the visitor's page, and its host learns who looks: only known hosts, or after a click. */
import { useState } from "preact/hooks";
import type { Listing } from "../api/types.ts";
import { t } from "../i18n/t.ts";
import { allow, isShown } from "../state/pictures.ts";
import { Icon } from "../ui/icon.tsx";
import { Button } from "../ui/parts.tsx";

export function Picture({ listing, large }: { listing: Listing; large?: boolean }) {
  const [broken, setBroken] = useState("");
  const address = listing.image ?? "";
  const host = hostOf(address);
  const look = large ? "listing-picture large" : "listing-picture";
  if (large && host && !isShown(host)) return <div><Button icon="photo" onClick={() => allow(host)}>{t("side.picture.show", { host })}</Button></div>;
  if (!host || !isShown(host) || broken === address) return large ? null : <span class={look} aria-hidden="true"><Icon name="photo" /></span>;
  return (
    <img class={look} src={address} alt={large ? t("side.picture", { title: listing.title ?? "" }) : ""} loading="lazy"
      referrerpolicy="no-referrer" onError={() => setBroken(address)} />
  );
}

function hostOf(address: string): string {
  try {
    const { protocol, hostname } = new URL(address);
    return protocol === "https:" || protocol === "http:" ? hostname : "";
  } catch {
    return "";
  }
}
