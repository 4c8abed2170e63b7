import type { Job } from "../../jobs/model.ts";

/** True when every word searched for occurs in what one remembers of a job: name, number, place, phone. */
export function matches(job: Job, search: string): boolean {
  const { customer, number, rooms } = job.doc;
  const rich = [customer.name, customer.company, customer.email, customer.phone, customer.postcode, number, ...customer.address, ...rooms.map((room) => room.name)];
  const hay = rich.join(" ").toLocaleLowerCase();
  return search.toLocaleLowerCase().split(/\s+/).every((word) => hay.includes(word));
}
