import { useSignal } from "@preact/signals";
import { api, ApiError } from "../../api/client.ts";
import type { Conv } from "../../api/types.ts";
import { t } from "../../i18n/t.ts";
import { complain } from "../../state/actions.ts";
import { put } from "../../state/store.ts";
import { Field } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Button, IconButton } from "../../ui/parts.tsx";

const FIELDS = ["name", "email", "phone"] as const;
type Given = Record<(typeof FIELDS)[number], string>;

/** How to reach the visitor, corrected where it stands. */
export function Contact({ conv }: { conv: Conv }) {
  const editing = useSignal(false);
  return (
    <section>
      <div class="row apart">
        <h3>{t("side.contact")}</h3>
        {!editing.value && <IconButton icon="pencil" label={t("side.correct")} onClick={() => (editing.value = true)} />}
      </div>
      {editing.value ? <Correcting conv={conv} onDone={() => (editing.value = false)} /> : <Facts conv={conv} />}
    </section>
  );
}

function Facts({ conv: { consumer } }: { conv: Conv }) {
  return (
    <>
      {consumer.blocked && <p class="mark bad"><Icon name="ban" size={16} />{t("side.blocked")}</p>}
      <dl class="facts">
        <div><dt>{t("side.name")}</dt><dd class="words">{consumer.name ?? <Unknown />}</dd></div>
        <div><dt>{t("side.email")}</dt><dd class="words">{consumer.email ? <a href={`mailto:${consumer.email}`}>{consumer.email}</a> : <Unknown />}</dd></div>
        <div><dt>{t("side.phone")}</dt><dd class="words">{consumer.phone ? <a href={`tel:${consumer.phone}`}>{consumer.phone}</a> : <Unknown />}</dd></div>
      </dl>
    </>
  );
}

function Unknown() {
  return <span class="muted">{t("side.unknown")}</span>;
}

function Correcting({ conv, onDone }: { conv: Conv; onDone: () => void }) {
  const given = useSignal<Given>({ name: conv.consumer.name ?? "", email: conv.consumer.email ?? "", phone: conv.consumer.phone ?? "" });
  const wrong = useSignal<Partial<Given>>({});
  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    try {
      put(await api.act(conv.id, "consumer", changed(given.value, conv)));
      onDone();
    } catch (error) {
      wrong.value = error instanceof ApiError ? fieldsOf(error) : {};
      if (!Object.keys(wrong.value).length) complain(error);
    }
  };
  return (
    <form class="stack tight" noValidate onSubmit={(event) => void save(event)}>
      {FIELDS.map((name) => (
        <Field key={name} label={t(`side.${name}`)} type={name === "name" ? "text" : name === "email" ? "email" : "tel"} value={given.value[name]}
          error={wrong.value[name]} autoFocus={name === "name"} onInput={(text) => (given.value = { ...given.value, [name]: text })} />
      ))}
      <div class="row"><Button kind="primary" type="submit">{t("act.save")}</Button><Button kind="plain" onClick={onDone}>{t("act.cancel")}</Button></div>
    </form>
  );
}

/** Only what was changed is sent: a colleague may have corrected the rest meanwhile. */
function changed(given: Given, { consumer }: Conv): Partial<Given> {
  return Object.fromEntries(FIELDS.filter((name) => given[name].trim() !== (consumer[name] ?? "")).map((name) => [name, given[name].trim()]));
}

function fieldsOf(error: ApiError): Partial<Given> {
  const fields = (error.body.fields ?? {}) as Record<string, string | string[]>;
  const known = FIELDS.filter((name) => fields[name]);
  return Object.fromEntries(known.map((name) => [name, [fields[name]].flat()[0] as string]));
}
