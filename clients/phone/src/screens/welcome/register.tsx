import { useSignal } from "@preact/signals";
import { Api, ApiError, NoAnswer } from "../../api/client.ts";
import type { RegisterAnswer } from "../../api/types.ts";
import { t, tCode } from "../../i18n/t.ts";
import { isEmail } from "../../jobs/validate.ts";
import { deviceKey, keepRegistration, type Session } from "../../state/session.ts";
import { deviceName } from "../../state/device_name.ts";
import { Field } from "../../ui/field.tsx";
import { Button, Note } from "../../ui/parts.tsx";
import { Gate } from "./gate.tsx";

interface Form {
  email: string;
  userId: string;
  code: string;
}

/** First use: whose phone is this? */
export function Register() {
  const form = useSignal<Form>(fromLink());
  const withCode = useSignal(form.value.code !== "");
  const wrong = useSignal<Partial<Record<keyof Form, string>>>({});
  const failure = useSignal("");
  const busy = useSignal(false);
  const type = (field: keyof Form) => (value: string): void => {
    form.value = { ...form.value, [field]: value };
    wrong.value = { ...wrong.value, [field]: "" };
  };
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    wrong.value = complaints(form.value);
    if (Object.values(wrong.value).some(Boolean) || busy.value) return;
    busy.value = true;
    failure.value = await tryRegister(form.value);
    busy.value = false;
  };
  return (
    <Gate step={1}>
      <div class="stack tight">
        <h1>{t("register.title")}</h1>
        <p class="muted">{t("register.lead")}</p>
      </div>
      <form class="stack" onSubmit={(event) => void submit(event)} noValidate>
        <Field label={t("register.email")} type="email" inputMode="email" autocomplete="email" capitals="none"
          value={form.value.email} onInput={type("email")} error={wrong.value.email ?? ""} />
        <Field label={t("register.user")} capitals="characters" value={form.value.userId} onInput={type("userId")}
          error={wrong.value.userId ?? ""} hint={t("register.user.hint")} />
        {withCode.value
          ? <Field label={t("register.code")} value={form.value.code} onInput={type("code")} capitals="characters" hint={t("register.code.hint")} />
          : <Button kind="plain" onClick={() => (withCode.value = true)}>{t("register.code.have")}</Button>}
        {failure.value && <Refused words={failure.value} />}
        <Button type="submit" kind="primary" tall wide disabled={busy.value}>{t(busy.value ? "register.busy" : "register.action")}</Button>
      </form>
      <p class="small muted">{t("register.private")}</p>
    </Gate>
  );
}

/** What was wrong, and what to do next. The same for every refusal: who asks learns nothing about the shop. */
function Refused({ words }: { words: string }) {
  const refused = words === t("register.failed.not_registered");
  return (
    <Note tone="bad">
      {words}
      {refused && <ol class="ways"><li>{t("register.next.check")}</li><li>{t("register.next.ask")}</li></ol>}
    </Note>
  );
}

/** A link from Setup fills the form in. What it says stands behind the "#" and is wiped from the address at once. */
function fromLink(): Form {
  const given = new URLSearchParams(/^#register\?(.*)$/.exec(location.hash)?.[1] ?? "");
  if (given.size) history.replaceState(null, "", location.pathname);
  return { email: given.get("email") ?? "", userId: given.get("user_id") ?? "", code: given.get("code") ?? "" };
}

function complaints(form: Form): Partial<Record<keyof Form, string>> {
  return {
    email: isEmail(form.email.trim()) ? "" : t("register.email.wrong"),
    userId: form.userId.trim() ? "" : t("register.user.wrong"),
  };
}

/** Registers, and answers with what to say when that fails. */
async function tryRegister(form: Form): Promise<string> {
  try {
    const key = await deviceKey();
    const code = form.code.trim();
    const answer = await new Api().register({
      email: form.email.trim(), user_id: form.userId.trim(), ...(code && { code }),
      device: { name: deviceName(), platform: "web", seal_key: key.jwk },
    });
    await keepRegistration(sessionFrom(answer, form.email.trim()));
    return "";
  } catch (error) {
    return failureWords(error);
  }
}

function failureWords(error: unknown): string {
  if (error instanceof NoAnswer) return t("register.failed.no_answer");
  if (!(error instanceof ApiError)) return t("register.failed.broken");
  const minutes = Math.max(1, Math.ceil(error.retryAfter / 60));
  return tCode("register.failed", error.status === 429 ? "throttled" : error.code, "register.failed.other", { count: minutes });
}

function sessionFrom(answer: RegisterAnswer, email: string): Session {
  return {
    token: answer.token, deviceId: answer.device_id, deviceState: answer.state, fingerprint: "", mark: answer.mark,
    account: { ...answer.account, email }, user: answer.user, keys: null, counter: 0,
    checkedAt: 0, failedAt: 0, failure: "",
  };
}
