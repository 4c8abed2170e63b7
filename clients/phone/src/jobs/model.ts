/** A job as the phone holds it, posts it and seals it into the job file. */
import type { Delivery } from "../api/types.ts";
import type { DepositRule, Discount, Params, PricedItem, QuoteResult } from "../pricing/format.ts";

export type Kind = "quote" | "order" | "invoice";

export interface Customer {
  name: string;
  company: string;
  email: string;
  phone: string;
  address: string[];
  postcode: string;
}

export interface Room {
  id: string;
  name: string;
}

export interface Item extends PricedItem {
  room: string;
  label: string;
  notes: string;
  photos: string[];
}

export interface Proposal {
  id: string;
  name: string;
  items: Item[];
}

export interface Photo {
  id: string;
  type: "image/jpeg";
  caption: string;
  item: string;
}

export interface Sketch {
  id: string;
  item: string;
  svg_path: string;
  width: number;
  height: number;
}

export interface Signature {
  svg_path: string;
  width: number;
  height: number;
  name: string;
  at: string;
}

export interface JobDocument {
  format: 1;
  kind: Kind;
  number: string;
  job_ref: string;
  revision: number;
  catalogue_version: number;
  created_at: string;
  completed_at: string | null;
  date: string;
  valid_until: string;
  surveyor: string;
  customer: Customer;
  site: { address: string[]; postcode: string } | null;
  appointment: { start: string } | null;
  rooms: Room[];
  proposals: Proposal[];
  chosen: string;
  notes: { customer: string; fitter: string };
  discount: Discount | null;
  deposit: DepositRule | null;
  signature: Signature | null;
  photos: Photo[];
  sketches: Sketch[];
  totals: QuoteResult | null;
}

/** Why a job stands still, in a code that "trouble." in the words explains. */
export interface Trouble {
  code: string;
  detail: string;
  params?: Params;
}

/** The document and what the phone knows about it. `seq` rises with each change, so that an older copy never wins. */
export interface Job {
  doc: JobDocument;
  seq: number;
  updated_at: string;
  queued_at: string | null;
  sent_at: string | null;
  attempts: number;
  next_try: number;
  deliveries: Delivery[];
  /** Why it waits in the queue, when that passes by itself. */
  waiting: Trouble | null;
  /** Why it needs a person. */
  trouble: Trouble | null;
}

export type Stage = "progress" | "ready" | "sent" | "attention";

const FAILED = new Set(["refused", "bounced", "uncertain"]);
const GONE_OUT = new Set(["accepted", "delivered"]);

/** Which of the four lists a job stands in. */
export function stageOf(job: Job): Stage {
  if (job.trouble || job.deliveries.some((one) => FAILED.has(one.state))) return "attention";
  if (isAccepted(job)) return "sent";
  return job.queued_at ? "ready" : "progress";
}

/** True when the relay has taken it for every recipient: only then may the phone ever let go of it. */
export function isAccepted(job: Job): boolean {
  return job.deliveries.length > 0 && job.deliveries.every((one) => GONE_OUT.has(one.state));
}

export function isLocked(job: Job): boolean {
  return job.queued_at !== null;
}

export function chosenProposal(doc: JobDocument): Proposal {
  const found = doc.proposals.find((proposal) => proposal.id === doc.chosen) ?? doc.proposals[0];
  if (!found) throw new Error("a job always has a proposal");
  return found;
}

/** Every product that a window of any proposal hangs. */
export function productsUsed(doc: JobDocument): string[] {
  const all = doc.proposals.flatMap((proposal) => proposal.items.map((item) => item.product));
  return [...new Set(all)].filter(Boolean).sort();
}

export function customerLine(customer: Customer): string {
  return [customer.name, customer.company].filter(Boolean).join(", ");
}
