import { ApiError } from "../api/client.ts";
import { tellOthers } from "./editor.ts";
import { wipePhone } from "./session.ts";

/** When the server says that this device was unregistered, the phone locks and wipes. True if it did. */
export async function unregistered(error: unknown): Promise<boolean> {
  if (!(error instanceof ApiError && error.code === "device_unregistered")) return false;
  tellOthers("wiped");
  await wipePhone();
  return true;
}
