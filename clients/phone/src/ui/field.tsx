import { useId } from "preact/hooks";
import { Icon } from "./icon.tsx";

interface FieldProps {
  label: string;
  value: string;
  onInput: (value: string) => void;
  error?: string;
  hint?: string;
  type?: "text" | "email" | "tel" | "password" | "search" | "date" | "datetime-local";
  inputMode?: "text" | "numeric" | "decimal" | "email" | "tel";
  autocomplete?: string;
  lines?: number;
  disabled?: boolean;
  capitals?: "none" | "words" | "characters" | "sentences";
  maxLength?: number;
  onBlur?: () => void;
}

/**
 * A labelled input whose complaint stands beside it and is read with it.
 *
 * "autocomplete" is off unless a field says otherwise: browsers write what stands in other fields to their own disk, in
 * the clear, so that they can restore a tab.
 */
export function Field(props: FieldProps) {
  const id = useId();
  const said = [props.error && `${id}-e`, props.hint && `${id}-h`].filter(Boolean).join(" ") || undefined;
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      {props.lines ? <Area id={id} said={said} {...props} /> : <Line id={id} said={said} {...props} />}
      {props.error && <p class="wrong" id={`${id}-e`}><Icon name="alert-triangle" size={18} />{props.error}</p>}
      {props.hint && <p class="hint" id={`${id}-h`}>{props.hint}</p>}
    </div>
  );
}

type PartProps = FieldProps & { id: string; said: string | undefined };

/** The cast says "any text-like type": the element's own types tie each to roles that we do not set. */
function Line({ id, said, ...props }: PartProps) {
  return (
    <input class="input" id={id} type={(props.type ?? "text") as "text"} value={props.value} disabled={props.disabled}
      inputMode={props.inputMode} autocomplete={props.autocomplete ?? "off"} autocapitalize={props.capitals ?? "sentences"}
      aria-invalid={!!props.error} aria-describedby={said} maxLength={props.maxLength ?? 200} onBlur={props.onBlur}
      onInput={(event) => props.onInput(event.currentTarget.value)} />
  );
}

function Area({ id, said, ...props }: PartProps) {
  return (
    <textarea class="input" id={id} autocomplete="off" rows={props.lines} value={props.value} disabled={props.disabled}
      autocapitalize={props.capitals ?? "sentences"} aria-invalid={!!props.error} aria-describedby={said}
      maxLength={props.maxLength ?? 4000} onBlur={props.onBlur} onInput={(event) => props.onInput(event.currentTarget.value)} />
  );
}
