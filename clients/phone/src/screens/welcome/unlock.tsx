import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../../i18n/t.ts";
import { hasPasskey, openWithPasskey } from "../../store/passkey.ts";
import { PIN_MIN_LENGTH, WrongPin } from "../../store/door.ts";
import { door, unlock } from "../../state/session.ts";
import { Button, Note } from "../../ui/parts.tsx";
import { Gate } from "./gate.tsx";
import { PinPad } from "./pin_pad.tsx";

/** The daily door: PIN or passkey. Works without network. */
export function Unlock() {
  const pin = useSignal("");
  const fault = useSignal("");
  const busy = useSignal(false);
  const passkey = useSignal(false);
  const wait = useWait();
  useEffect(() => void hasPasskey().then((has) => (passkey.value = has)), []);
  const enter = (way: () => Promise<void>, otherwise: string) => async (): Promise<void> => {
    busy.value = true;
    fault.value = await attempt(way, otherwise);
    pin.value = "";
    busy.value = false;
    await wait.look();
  };
  return (
    <Gate>
      <h1>{t("unlock.title")}</h1>
      <PinPad pin={pin.value} onChange={(value) => (pin.value = value)} label={t("unlock.title")}
        onDone={() => void enter(() => unlock(pin.value), t("unlock.wrong"))()} disabled={busy.value || wait.seconds > 0}
        ready={pin.value.length >= PIN_MIN_LENGTH} submit={t(busy.value ? "unlock.busy" : "unlock.action")} />
      {passkey.value && (
        <Button icon="fingerprint" wide onClick={() => void enter(openWithPasskey, t("unlock.passkey.failed"))()}>{t("unlock.passkey")}</Button>
      )}
      {wait.seconds > 0
        ? <Note tone="warn" icon="clock">{t("unlock.wait", { count: wait.seconds })}</Note>
        : fault.value && <Note tone="warn">{fault.value}</Note>}
    </Gate>
  );
}

async function attempt(way: () => Promise<void>, otherwise: string): Promise<string> {
  try {
    await way();
    return "";
  } catch (error) {
    if (error instanceof WrongPin) return t("unlock.wrong");
    return otherwise;
  }
}

/** Seconds until the next try, counted down on the screen. */
function useWait(): { seconds: number; look: () => Promise<void> } {
  const until = useSignal(0);
  const tick = useSignal(Date.now());
  const look = async (): Promise<void> => void (until.value = await door.retryAt());
  useEffect(() => {
    void look();
    const timer = setInterval(() => (tick.value = Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  return { seconds: Math.max(0, Math.ceil((until.value - tick.value) / 1000)), look };
}
