// A whole job, readable: customer, rooms, items, prices, photos, signature.
import type { JobAttachment } from "@allonce/sealing";
import { t } from "../manners/words";
import type { JobDocument } from "./document";
import { card, el, facts } from "./dom";
import { day, moment } from "./figures";
import { roomTables, totalsList } from "./items";
import { photoGrid, saveLink, signature, sketchGrid } from "./pictures";

export function showJob(place: HTMLElement, doc: JobDocument, files: JobAttachment[]): void {
  const side = [
    card(t("Customer"), customerFacts(doc)),
    doc.totals ? card(t("Price"), totalsList(doc.totals)) : null,
    card(t("Signature"), signature(doc)),
  ];
  const main = [
    ...roomTables(doc),
    card(t("Notes"), facts([[t("For the customer"), doc.notes?.customer], [t("For the fitter"), doc.notes?.fitter]])),
    card(t("Photos"), photoGrid(doc, files)),
    card(t("Sketches"), sketchGrid(doc)),
  ];
  place.replaceChildren(
    head(doc),
    el("div", { class: "beside" }, el("div", { class: "job-main" }, ...main), el("aside", {}, ...side)),
  );
  place.hidden = false;
  place.querySelector("h2")?.focus();
}

function head(doc: JobDocument): HTMLElement {
  const kinds: Record<string, string> = { quote: t("Quote"), order: t("Order"), invoice: t("Invoice") };
  const title = `${kinds[doc.kind] ?? t("Job")} ${doc.number}`;
  const about = [
    day(doc.date),
    doc.valid_until ? t("valid until {day}", { day: day(doc.valid_until) }) : "",
    t("revision {n}", { n: doc.revision }),
  ];
  const json = JSON.stringify(doc, null, 2);
  return el(
    "header", { class: "job-head" },
    el("div", {}, el("h2", { tabindex: "-1" }, title), el("p", { class: "muted" }, about.filter(Boolean).join(" · "))),
    el("div", { class: "d-flex gap-2 no-print" }, saveLink(t("Save as JSON"), `${doc.number}.json`, json, "application/json")),
  );
}

function customerFacts(doc: JobDocument): HTMLElement | null {
  const { name, company, address, postcode, email, phone } = doc.customer;
  return facts([
    [t("Name"), name],
    [t("Company"), company],
    [t("Address"), [...(address ?? []), postcode].filter(Boolean).join(", ")],
    [t("Email"), email],
    [t("Phone"), phone],
    [t("Site"), doc.site ? [...doc.site.address, doc.site.postcode].filter(Boolean).join(", ") : ""],
    [t("Appointment"), moment(doc.appointment?.start)],
  ]);
}
