/** The small parts that every screen is made of. */
import type { ComponentChildren } from "preact";
import { t } from "../i18n/t.ts";
import { Icon } from "./icon.tsx";

export type Tone = "good" | "warn" | "bad" | "muted";

interface ButtonProps {
  children: ComponentChildren;
  onClick?: () => void;
  kind?: "primary" | "plain" | "danger" | "";
  icon?: string;
  wide?: boolean;
  tall?: boolean;
  disabled?: boolean;
  type?: "button" | "submit";
}

export function Button({ children, onClick, kind = "", icon, wide, tall, disabled, type = "button" }: ButtonProps) {
  const look = ["button", kind, wide ? "wide" : "", tall ? "tall" : ""].filter(Boolean).join(" ");
  return (
    <button type={type} class={look} onClick={onClick} disabled={disabled}>
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

export function IconButton({ icon, label, onClick }: { icon: string; label: string; onClick: () => void }) {
  return (
    <button type="button" class="button plain icon" aria-label={label} onClick={onClick}>
      <Icon name={icon} size={24} />
    </button>
  );
}

const NOTE_ICON: Record<Tone, string> = {
  good: "circle-check", warn: "alert-triangle", bad: "ban", muted: "info-circle",
};

export function Note({ tone = "muted", icon, children }: { tone?: Tone; icon?: string; children: ComponentChildren }) {
  return (
    <div class={`note ${tone}`} role={tone === "bad" ? "alert" : "status"}>
      <Icon name={icon ?? NOTE_ICON[tone]} size={20} />
      <div class="grow words">{children}</div>
    </div>
  );
}

/** A status: always a word, a colour and a shape. */
export function Mark({ tone, icon, children }: { tone: Tone; icon?: string; children: ComponentChildren }) {
  return (
    <span class={`mark ${tone}`}>
      <Icon name={icon ?? NOTE_ICON[tone]} size={18} />
      {children}
    </span>
  );
}

interface SegmentsProps<T extends string> {
  name: string;
  legend: string;
  value: T;
  options: readonly (readonly [T, string])[];
  onChange: (value: T) => void;
  disabled?: boolean;
}

export function Segments<T extends string>({ name, legend, value, options, onChange, disabled }: SegmentsProps<T>) {
  return (
    <fieldset class="field" disabled={disabled}>
      <legend class="label">{legend}</legend>
      <div class="segments">
        {options.map(([key, words]) => (
          <label key={key}>
            <input type="radio" name={name} checked={value === key} onChange={() => onChange(key)} />
            {words}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface StepperProps {
  label: string;
  value: number;
  onChange: (value: number) => void;
  min?: number;
  max?: number;
}

export function Stepper({ label, value, onChange, min = 1, max = 10_000 }: StepperProps) {
  const step = (by: number): void => onChange(Math.min(max, Math.max(min, value + by)));
  return (
    <div class="stepper" role="group" aria-label={label}>
      <button type="button" aria-label={t("part.fewer", { name: label })} onClick={() => step(-1)}><Icon name="minus" /></button>
      <output>{value}</output>
      <button type="button" aria-label={t("part.more", { name: label })} onClick={() => step(1)}><Icon name="plus" /></button>
    </div>
  );
}

export function ProgressBar({ share, label }: { share: number; label: string }) {
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    <div class="bar" role="progressbar" aria-label={label} aria-valuenow={percent} aria-valuemin={0} aria-valuemax={100}>
      <div style={{ transform: `scaleX(${percent / 100})` }} />
    </div>
  );
}

interface EmptyProps {
  title: string;
  children?: ComponentChildren;
}

/** An empty list: a small drawing of a bare window, and what to do. */
export function Empty({ title, children }: EmptyProps) {
  return (
    <div class="empty">
      <svg class="drawing" viewBox="0 0 132 104" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true">
        <rect x="34" y="16" width="64" height="72" rx="3" />
        <path d="M34 52h64M66 16v72M26 90h80M18 12h96" stroke-linecap="round" />
      </svg>
      <h2>{title}</h2>
      {children}
    </div>
  );
}
