import { addDays, isoDate } from "./dates.ts";
import type { Item, Job, JobDocument, Proposal } from "./model.ts";

export const newId = (): string => crypto.randomUUID();

export interface JobSeed {
  number: string;
  catalogueVersion: number;
  validityDays: number;
  now: Date;
  firstRoom: string;
  firstProposal: string;
  surveyor: string;
}

export function newJob(seed: JobSeed): Job {
  return {
    doc: newDocument(seed), seq: 0, updated_at: seed.now.toISOString(), queued_at: null, sent_at: null,
    attempts: 0, next_try: 0, deliveries: [], waiting: null, trouble: null,
  };
}

function newDocument(seed: JobSeed): JobDocument {
  const date = isoDate(seed.now);
  const proposal: Proposal = { id: newId(), name: seed.firstProposal, items: [] };
  return {
    format: 1, kind: "quote", number: seed.number, job_ref: newId(), revision: 1,
    catalogue_version: seed.catalogueVersion, created_at: seed.now.toISOString(), completed_at: null, date,
    valid_until: addDays(date, seed.validityDays), surveyor: seed.surveyor,
    customer: { name: "", company: "", email: "", phone: "", address: [], postcode: "" },
    site: null, appointment: null, rooms: [{ id: newId(), name: seed.firstRoom }], proposals: [proposal],
    chosen: proposal.id, notes: { customer: "", fitter: "" }, discount: null, deposit: null, signature: null,
    photos: [], sketches: [], totals: null,
  };
}

export function newItem(room: string, label: string): Item {
  return {
    id: newId(), product: "", range: "", colour: "", width: 0, drop: 0, quantity: 1, mount: "recess",
    choices: {}, discount_bp: 0, room, label, notes: "", photos: [],
  };
}
