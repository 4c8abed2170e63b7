/** What the server says over HTTP (allonce/products/chat/agents). */

export type Presence = "online" | "away" | "offline";
export type State = "waiting" | "active" | "hand_over" | "closed";

export interface Colleague {
  id: string;
  name: string;
  picture: string | null;
  presence: Presence;
  routing: "standard" | "forward_only";
  /** How many conversations are open with this agent, of how many. */
  open: number;
  limit: number;
  departments: string[];
}

export interface Me extends Colleague {
  /** The end of a timed sign-in on the phone. */
  until: string | null;
  /** What the agent said of the desk; `presence` is desk and phone together. */
  desk: Presence;
  may_manage: boolean;
  /** The agents, this one among them, whose shifts say that it is not their time now. */
  off_shift: string[];
  /** Whether neither the business nor any part that this agent answers for is open now. */
  closed: boolean;
}

export interface Department {
  id: string;
  title: string;
}

export interface Canned {
  id: string;
  shortcut: string;
  title: string;
  text: string;
  fields: string[];
}

export interface Disposition {
  code: string;
  label: string;
}

export interface Consumer {
  id: string;
  name: string | null;
  email: string | null;
  phone: string | null;
  blocked: boolean;
}

export interface Listing {
  id?: string;
  title?: string;
  price?: string;
  url?: string;
  image?: string;
}

export interface Page {
  url?: string;
  title?: string;
  referrer?: string;
}

export interface Last {
  seq: number;
  from: string;
  kind: string;
  preview: string;
  at: string;
}

export interface Conv {
  id: string;
  s: string;
  state: State;
  channel: "chat" | "offline" | "text" | "call";
  consumer: Consumer;
  listing: Listing | null;
  page: Page | null;
  placement: string;
  provider: string | null;
  department: string | null;
  agent: string | null;
  created: string;
  last_at: string;
  waiting_since: string | null;
  /** Since when the visitor's last words are unanswered. */
  awaiting_since: string | null;
  /** Since when the visitor's page is closed. */
  left_at: string | null;
  last: Last | null;
  head: number;
  read: Record<string, number>;
  unread: number;
  tags: string[];
  hot: boolean;
  disposition: string | null;
  stars: number | null;
  language: string;
}

export interface Earlier {
  id: string;
  at: string;
  listing: Listing | null;
  state: State;
}

export interface Detail extends Conv {
  earlier: Earlier[];
}

export interface Snapshot {
  me: Me;
  colleagues: Colleague[];
  departments: Department[];
  canned: Canned[];
  tags: string[];
  dispositions: Disposition[];
  counts: Record<string, number>;
  conversations: Conv[];
  console: { s: string; head: number };
  business: string;
  /** What rings for this agent now. */
  ringing: string[];
}

export interface Uploaded {
  file: string;
  name: string;
  width: number;
  height: number;
}
