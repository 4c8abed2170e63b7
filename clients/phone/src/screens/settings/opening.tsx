import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../../i18n/t.ts";
import { door } from "../../state/session.ts";
import { PIN_MIN_LENGTH, WrongPin } from "../../store/door.ts";
import { hasPasskey, passkeysPossible, setPasskey } from "../../store/passkey.ts";
import { Button, Note } from "../../ui/parts.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { say } from "../../ui/toast.tsx";
import { NewPin } from "../welcome/new_pin.tsx";
import { PinPad } from "../welcome/pin_pad.tsx";

/** How this phone opens: the PIN, and a passkey where the phone has one. */
export function OpeningPart() {
  const sheet = useSignal<"pin" | "passkey" | null>(null);
  const passkey = useSignal(false);
  const look = (): void => void hasPasskey().then((has) => (passkey.value = has));
  useEffect(look, []);
  const close = (): void => {
    sheet.value = null;
    look();
  };
  return (
    <section class="stack tight">
      <h2>{t("settings.opening")}</h2>
      <div class="row wrap">
        <Button icon="lock" onClick={() => (sheet.value = "pin")}>{t("settings.pin")}</Button>
        {passkeysPossible() && !passkey.value && <Button icon="fingerprint" onClick={() => (sheet.value = "passkey")}>{t("settings.passkey.add")}</Button>}
        {passkey.value && <Button icon="trash" onClick={() => void door.removePasskey().then(look)}>{t("settings.passkey.remove")}</Button>}
      </div>
      {sheet.value === "pin" && <ChangePin onClose={close} />}
      {sheet.value === "passkey" && <AddPasskey onClose={close} />}
    </section>
  );
}

function ChangePin({ onClose }: { onClose: () => void }) {
  const old = useSignal<string | null>(null);
  const fault = useSignal("");
  const set = async (pin: string): Promise<void> => {
    try {
      await door.changePin(old.value ?? "", pin, Date.now());
      say(t("settings.pin.changed"));
      onClose();
    } catch (error) {
      fault.value = t(error instanceof WrongPin ? "unlock.wrong" : "settings.pin.failed");
      old.value = null;
    }
  };
  return (
    <Sheet title={t("settings.pin")} onClose={onClose}>
      {fault.value && <Note tone="warn">{fault.value}</Note>}
      {old.value === null ? <OldPin onPin={(pin) => (old.value = pin)} submit={t("pin.next")} /> : <NewPin onChosen={set} />}
    </Sheet>
  );
}

function OldPin({ onPin, submit }: { onPin: (pin: string) => void; submit: string }) {
  const pin = useSignal("");
  return (
    <>
      <p class="centre strong">{t("pin.old")}</p>
      <PinPad pin={pin.value} onChange={(value) => (pin.value = value)} onDone={() => onPin(pin.value)} label={t("pin.old")} ready={pin.value.length >= PIN_MIN_LENGTH} submit={submit} />
    </>
  );
}

function AddPasskey({ onClose }: { onClose: () => void }) {
  const fault = useSignal("");
  const set = async (pin: string): Promise<void> => {
    try {
      await setPasskey(pin);
      say(t("settings.passkey.added"));
      onClose();
    } catch (error) {
      fault.value = t(error instanceof WrongPin ? "unlock.wrong" : "settings.passkey.failed");
    }
  };
  return (
    <Sheet title={t("settings.passkey.add")} onClose={onClose}>
      <p>{t("settings.passkey.words")}</p>
      {fault.value && <Note tone="warn">{fault.value}</Note>}
      <OldPin key={fault.value} onPin={(pin) => void set(pin)} submit={t("settings.passkey.add")} />
    </Sheet>
  );
}
