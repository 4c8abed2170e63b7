/** What the device API answers, as fixed between server and phone. */
import type { PublicJwk } from "@allonce/sealing";

export interface RegisterRequest {
  email: string;
  user_id: string;
  code?: string;
  device: { name: string; platform: string; seal_key: PublicJwk };
}

export interface UserPart {
  user_id: string;
  name: string;
  max_discount_bp: number;
}

export interface RegisterAnswer {
  device_id: string;
  token: string;
  state: DeviceState;
  mark: string;
  account: { id: string; name: string };
  user: UserPart;
}

export type DeviceState = "pending" | "approved";
export type Role = "customer" | "shop";
export type DeliveryState = "accepted" | "delivered" | "refused" | "retry" | "uncertain" | "bounced";

export interface Delivery {
  role: Role;
  state: DeliveryState;
  reason: string;
  at: string;
}

export interface JobDelivery extends Delivery {
  job_ref: string;
  revision: number;
}

export interface PreviousKeyPart {
  generation: number;
  public_key: PublicJwk;
  succession: string;
  wrap: string;
}

/** The account's key; `wrap` is null until this device is approved. */
export interface KeysPart {
  generation: number;
  public_key: PublicJwk;
  fingerprint: string;
  succession: string;
  wrap: string | null;
  previous: PreviousKeyPart[];
}

export interface SyncAnswer {
  state: string;
  server_time: string;
  device: { state: DeviceState; fingerprint: string; mark: string };
  account: { id: string; name: string; email: string };
  user: UserPart;
  catalogue: { version: number; root: string; published_at: string } | null;
  keys: KeysPart | null;
  deliveries: JobDelivery[];
}

export type ChangedEntry = [path: string, hash: string, bytes: number];

export interface DeltaAnswer {
  version: number;
  root: string;
  /** The version that the changes are counted from; 0: whatever was held is dropped. */
  base: number;
  changed: ChangedEntry[];
  removed: string[];
}

export interface PendingDevice {
  id: string;
  name: string;
  user_id: string;
  user_name: string;
  fingerprint: string;
  seal_key: PublicJwk;
}
