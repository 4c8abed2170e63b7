import { useId } from "preact/hooks";
import { Icon } from "./icon.tsx";

interface FieldProps {
  label: string;
  value: string;
  onInput: (value: string) => void;
  error?: string | undefined;
  hint?: string;
  type?: "text" | "email" | "tel" | "search";
  lines?: number;
  maxLength?: number;
  autoFocus?: boolean;
}

/** A labelled input whose complaint stands beside it and is read with it. */
export function Field(props: FieldProps) {
  const id = useId();
  const said = [props.error && `${id}-e`, props.hint && `${id}-h`].filter(Boolean).join(" ") || undefined;
  const common = {
    class: "input", id, value: props.value, "aria-invalid": !!props.error, "aria-describedby": said,
    maxLength: props.maxLength ?? 200, autocomplete: "off", autofocus: props.autoFocus,
  };
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      {props.lines
        ? <textarea {...common} rows={props.lines} onInput={(event) => props.onInput(event.currentTarget.value)} />
        : <input {...common} type={(props.type ?? "text") as "text"} onInput={(event) => props.onInput(event.currentTarget.value)} />}
      {props.error && <p class="wrong" id={`${id}-e`}><Icon name="alert-triangle" size={16} />{props.error}</p>}
      {props.hint && <p class="hint" id={`${id}-h`}>{props.hint}</p>}
    </div>
  );
}
