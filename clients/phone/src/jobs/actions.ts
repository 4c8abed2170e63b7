/** What a surveyor does to a job. Each takes a document and gives the next one. */
import { newId } from "./create.ts";
import type { Item, JobDocument, Proposal, Room } from "./model.ts";
import { chosenProposal } from "./model.ts";

export const patchCustomer = (change: Partial<JobDocument["customer"]>) => (doc: JobDocument): JobDocument =>
  ({ ...doc, customer: { ...doc.customer, ...change } });

export const patch = (change: Partial<JobDocument>) => (doc: JobDocument): JobDocument => ({ ...doc, ...change });

export const addRoom = (name: string) => (doc: JobDocument): JobDocument =>
  ({ ...doc, rooms: [...doc.rooms, { id: newId(), name }] });

export const renameRoom = (id: string, name: string) => (doc: JobDocument): JobDocument =>
  ({ ...doc, rooms: doc.rooms.map((room) => (room.id === id ? { ...room, name } : room)) });

/** Takes an empty room away; one with windows stays. */
export const removeRoom = (id: string) => (doc: JobDocument): JobDocument => {
  const used = doc.proposals.some((proposal) => proposal.items.some((item) => item.room === id));
  return used ? doc : { ...doc, rooms: doc.rooms.filter((room) => room.id !== id) };
};

export function mapProposal(doc: JobDocument, id: string, change: (proposal: Proposal) => Proposal): JobDocument {
  return { ...doc, proposals: doc.proposals.map((one) => (one.id === id ? change(one) : one)) };
}

/** Adds to the proposal that is being worked on. */
export const addItem = (item: Item) => (doc: JobDocument): JobDocument =>
  mapProposal(doc, doc.chosen, (proposal) => ({ ...proposal, items: [...proposal.items, item] }));

export const patchItem = (id: string, change: Partial<Item>) => (doc: JobDocument): JobDocument => ({
  ...doc,
  proposals: doc.proposals.map((proposal) => ({
    ...proposal,
    items: proposal.items.map((item) => (item.id === id ? { ...item, ...change } : item)),
  })),
});

export const removeItem = (id: string) => (doc: JobDocument): JobDocument => ({
  ...doc,
  proposals: doc.proposals.map((one) => ({ ...one, items: one.items.filter((item) => item.id !== id) })),
});

/** "Window 3": the next free label in a room of the chosen proposal. */
export function nextLabel(doc: JobDocument, room: string, word: string): string {
  const taken = new Set(chosenProposal(doc).items.filter((item) => item.room === room).map((item) => item.label));
  let number = 1;
  while (taken.has(`${word} ${number}`)) number += 1;
  return `${word} ${number}`;
}

/** A copy of an item, beside it or in another room. Pictures and notes belong to the window they were taken of. */
export function copyItem(doc: JobDocument, item: Item, room: string, word: string): Item {
  return { ...item, id: newId(), room, label: nextLabel(doc, room, word), photos: [], notes: "" };
}

/** A second proposal with the same windows in another product: what fits the new product is kept, the rest asked again. */
export function alternative(base: Proposal, name: string, product: string): Proposal {
  const items = base.items.map((item) => ({
    ...item, id: newId(), ...(product === item.product ? {} : { product, range: "", colour: "", choices: {}, discount_bp: 0 }),
  }));
  return { id: newId(), name, items };
}

export const addProposal = (proposal: Proposal) => (doc: JobDocument): JobDocument =>
  ({ ...doc, proposals: [...doc.proposals, proposal], chosen: proposal.id });

export const removeProposal = (id: string) => (doc: JobDocument): JobDocument => {
  const left = doc.proposals.filter((proposal) => proposal.id !== id);
  const first = left[0];
  if (!first) return doc;
  return { ...doc, proposals: left, chosen: doc.chosen === id ? first.id : doc.chosen };
};

/** Puts every unfinished item of a proposal into one range and colour: what an alternative usually needs. */
export const applyCloth = (proposal: string, product: string, range: string, colour: string) => (doc: JobDocument): JobDocument =>
  mapProposal(doc, proposal, (one) => ({
    ...one,
    items: one.items.map((item) => (item.product === product && !item.range ? { ...item, range, colour } : item)),
  }));

export const roomOf = (doc: JobDocument, id: string): Room | undefined => doc.rooms.find((room) => room.id === id);

export function itemOf(doc: JobDocument, id: string): Item | null {
  for (const proposal of doc.proposals) {
    const found = proposal.items.find((item) => item.id === id);
    if (found) return found;
  }
  return null;
}

/** A fresh revision of a job that went out: same number and reference, to be completed and sent again. */
export function revise(doc: JobDocument): JobDocument {
  return { ...doc, revision: doc.revision + 1, completed_at: null, signature: null };
}
