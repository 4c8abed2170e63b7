/** What the loader on the foreign page and the chat in the iframe say to each other by postMessage. */

export interface Page {
  url: string;
  title: string;
  referrer: string;
}

export interface Listing {
  id: string;
  title: string;
  price: string;
  url: string;
  image: string;
}

/** From the iframe. `allonce` tells our words from anybody else's; the sender's origin is what is trusted. */
export type ToLoader =
  | { allonce: 1; t: "ready" }
  | { allonce: 1; t: "close" }
  | { allonce: 1; t: "unread"; count: number }
  | { allonce: 1; t: "online"; on: boolean };

/** From the loader. */
export type ToFrame =
  | { allonce: 1; t: "shown"; page: Page; listing: Listing | null; full: boolean }
  | { allonce: 1; t: "hidden" };

/** How the server calls the loader. */
export interface Placement {
  key: string;
  origin: string;
  m?: string;
  online: boolean;
  label?: string;
  offline_label?: string;
  colour?: string;
  theme?: string;
  position?: string;
  size?: string;
  icon?: string;
  dropin?: Invitation | null;
  language?: string;
  direction?: string;
  texts?: Record<string, string>;
}

/** Seconds until the invitation, and at most so many showings within so many minutes; a limit of 0 is none. */
export interface Invitation {
  delay: number;
  limit: number;
  span_minutes: number;
  text: string;
}
