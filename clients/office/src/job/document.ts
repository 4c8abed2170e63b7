// A job as a job file holds it: docs/job-file.md for the container, docs/catalogue-format.md for totals.
export interface Extra {
  group_name: string;
  extra_name: string;
  quantity: number;
  amount: number;
}

export interface Line {
  id: string;
  product_name: string;
  range: string;
  colour: string;
  quantity: number;
  width: number;
  drop: number;
  mount?: string;
  extras: Extra[];
  discount: number;
  total: number;
}

export interface Totals {
  currency: string;
  lines: Line[];
  /** From the items down, as the quote shows it; all in the basis of the prices. */
  goods: number;
  item_discounts: number;
  quote_discount: number;
  fitting: number;
  minimum_charge: number;
  taxes: { bp: number; tax: number }[];
  net: number;
  tax: number;
  total: number;
  deposit: number;
  balance: number;
}

export interface Item {
  id: string;
  room: string;
  label: string;
  product: string;
  range: string;
  colour: string;
  quantity: number;
  width: number;
  drop: number;
  mount?: string;
  notes: string;
}

export interface JobDocument {
  kind: string;
  number: string;
  revision: number;
  date: string;
  valid_until?: string | null;
  customer: { name: string; company?: string; email?: string; phone?: string; address?: string[]; postcode?: string };
  site?: { address: string[]; postcode?: string } | null;
  appointment?: { start: string } | null;
  rooms: { id: string; name: string }[];
  proposals: { id: string; name: string; items: Item[] }[];
  chosen: string;
  notes?: { customer?: string; fitter?: string };
  signature?: { svg_path: string; width: number; height: number; name: string; at: string } | null;
  photos?: { id: string; type: string; caption: string; item: string }[];
  sketches?: { id: string; item: string; svg_path: string; width: number; height: number }[];
  totals?: Totals | null;
}
