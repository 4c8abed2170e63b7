export const VISITOR = "visitor";

export interface Message {
  cid: string;
  seq: number;
  from: string;
  kind: string;
  body: Record<string, unknown>;
  at: string | undefined;
  state: "sending" | "sent" | "refused" | "erased";
  why?: string;
}

export interface Agent {
  name: string;
  picture?: string | null;
}

/** How far the conversation is: nothing said yet, waiting for an agent, with one, left to mail, over. */
export type Standing = "fresh" | "waiting" | "active" | "mail" | "closed";

export interface Heard {
  message: (message: Message) => void;
  /** standing, agent, connection, typing or reading changed */
  state: () => void;
  /** the conversation began anew: everything shown is void */
  cleared: () => void;
}

/** What `start` and `resume` answer. */
export interface Opened {
  s: string;
  token: string;
  agent?: Agent | null;
  state?: string;
}
