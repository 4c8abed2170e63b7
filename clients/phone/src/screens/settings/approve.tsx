import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { NoAnswer } from "../../api/client.ts";
import type { PendingDevice } from "../../api/types.ts";
import { t } from "../../i18n/t.ts";
import { wrapFor } from "../../state/account_key.ts";
import { go } from "../../state/router.ts";
import { api, who } from "../../state/session.ts";
import { unregistered } from "../../state/unregistered.ts";
import { fingerprint } from "@allonce/sealing";
import { Button, Empty, Note } from "../../ui/parts.tsx";
import { Screen } from "../../ui/screen.tsx";
import { say } from "../../ui/toast.tsx";

/** Colleagues' phones that wait. The digits are worked out here from the key itself, not taken from the server. */
export function Approve() {
  const waiting = useSignal<(PendingDevice & { digits: string })[] | null>(null);
  const fault = useSignal("");
  const load = async (): Promise<void> => {
    fault.value = "";
    try {
      const found = await api.value.pendingDevices();
      waiting.value = await Promise.all(found.map(async (device) => ({ ...device, digits: await fingerprint(device.seal_key) })));
    } catch (error) {
      if (!(await unregistered(error))) fault.value = t(error instanceof NoAnswer ? "approve.offline" : "approve.failed");
    }
  };
  useEffect(() => void load(), []);
  return (
    <Screen title={t("approve.title")} back={() => go("settings")} bottom={<Button icon="refresh" tall wide onClick={() => void load()}>{t("approve.look")}</Button>}>
      {fault.value && <Note tone="warn" icon="wifi-off">{fault.value}</Note>}
      {waiting.value?.length === 0 && <Empty title={t("approve.none")}><p>{t("approve.none.words")}</p></Empty>}
      {waiting.value?.map((device) => <Waiting key={device.id} device={device} onDone={() => void load()} />)}
    </Screen>
  );
}

function Waiting({ device, onDone }: { device: PendingDevice & { digits: string }; onDone: () => void }) {
  const busy = useSignal(false);
  const approve = async (): Promise<void> => {
    busy.value = true;
    try {
      await api.value.approveDevice(device.id, device.digits, await wrapFor(device), who().keys?.generation ?? null);
      say(t("approve.done", { name: device.user_name }));
      onDone();
    } catch {
      say(t("approve.failed"));
    }
    busy.value = false;
  };
  return (
    <section class="card pad stack">
      <div><h2>{device.user_name} ({device.user_id})</h2><p class="small muted words">{device.name}</p></div>
      <p>{t("approve.compare", { name: device.user_name })}</p>
      <p class="fingerprint">{device.digits}</p>
      <Button kind="primary" icon="check" tall wide disabled={busy.value} onClick={() => void approve()}>{t("approve.same")}</Button>
      <p class="small">{t("approve.differs")}</p>
    </section>
  );
}
