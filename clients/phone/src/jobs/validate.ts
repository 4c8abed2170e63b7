/** What is still missing or wrong in what people typed. Answers are keys of the words under "check.". */
import type { Customer, JobDocument } from "./model.ts";
import { chosenProposal } from "./model.ts";
import type { Problem } from "../pricing/format.ts";

export function isEmail(text: string): boolean {
  return /^[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]{2,}$/.test(text) && text.length <= 254;
}

export function isPhone(text: string): boolean {
  return /^\+?[\d\s()./-]{6,24}$/.test(text);
}

export type CustomerFault = "name" | "email" | "phone";

/** Faults beside the customer's fields. An empty field is only a fault when the quote is to be sent. */
export function customerFaults(customer: Customer, sending: boolean): Partial<Record<keyof Customer, CustomerFault>> {
  const faults: Partial<Record<keyof Customer, CustomerFault>> = {};
  if (sending && !customer.name.trim()) faults.name = "name";
  if (customer.email && !isEmail(customer.email.trim())) faults.email = "email";
  if (customer.phone && !isPhone(customer.phone.trim())) faults.phone = "phone";
  return faults;
}

export type Blocker = CustomerFault | "no_items" | "items_wrong" | "discount" | "deposit" | "minimum";

const BELOW_MINIMUM = "below_minimum_order";

/** Why a job cannot be marked complete yet, in the order in which a person would mend it. */
export function blockers(doc: JobDocument): Blocker[] {
  const found: Blocker[] = Object.values(customerFaults(doc.customer, true));
  if (!chosenProposal(doc).items.length) found.push("no_items");
  const errors = doc.totals?.problems.filter((problem) => problem.severity === "error") ?? [];
  if (errors.some((problem) => problem.item)) found.push("items_wrong");
  const quoteFields = new Set(errors.filter((problem) => !problem.item).map((problem) => problem.field));
  if (quoteFields.has("discount")) found.push("discount");
  if (quoteFields.has("deposit")) found.push("deposit");
  if (errors.some((problem) => problem.code === BELOW_MINIMUM)) found.push("minimum");
  if (errors.length && !found.length) found.push("items_wrong");
  return found;
}

/** The shop leaves it to the person to complete an order below its minimum, once they were told. */
export function smallOrder(doc: JobDocument): Problem | undefined {
  return doc.totals?.problems.find((problem) => problem.code === BELOW_MINIMUM && problem.severity === "warning");
}
