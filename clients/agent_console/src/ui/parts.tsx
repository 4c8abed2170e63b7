/** The small parts that every screen is made of. */
import type { ComponentChildren } from "preact";
import type { Colleague, Presence } from "../api/types.ts";
import { t } from "../i18n/t.ts";
import { Icon } from "./icon.tsx";

interface ButtonProps {
  children: ComponentChildren;
  onClick?: () => void;
  kind?: "primary" | "plain" | "danger" | "";
  icon?: string;
  disabled?: boolean;
  type?: "button" | "submit";
  title?: string;
}

export function Button({ children, onClick, kind = "", icon, disabled, type = "button", title }: ButtonProps) {
  return (
    <button type={type} class={`button ${kind}`} onClick={onClick} disabled={disabled} title={title}>
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </button>
  );
}

interface IconButtonProps {
  icon: string;
  label: string;
  onClick: () => void;
  pressed?: boolean;
  expanded?: boolean;
  disabled?: boolean;
}

export function IconButton({ icon, label, onClick, pressed, expanded, disabled }: IconButtonProps) {
  return (
    <button type="button" class="button plain icon" aria-label={label} title={label} onClick={onClick} disabled={disabled}
      aria-pressed={pressed} aria-expanded={expanded}>
      <Icon name={icon} size={22} />
    </button>
  );
}

export function Note({ tone = "", icon, children }: { tone?: "" | "warn" | "bad" | "good"; icon: string; children: ComponentChildren }) {
  return (
    <div class={`notice ${tone}`} role={tone === "bad" ? "alert" : undefined}>
      <Icon name={icon} />
      <div class="grow words">{children}</div>
    </div>
  );
}

/** Whoever has no picture is drawn by the first letters of the name. */
export function Avatar({ name, picture, presence, small }: { name: string; picture?: string | null; presence?: Presence; small?: boolean }) {
  const letters = name.split(/\s+/).filter(Boolean).slice(0, 2).map((word) => word[0]?.toUpperCase() ?? "").join("");
  return (
    <span class={small ? "avatar small" : "avatar"} aria-hidden="true">
      {picture ? <img src={picture} alt="" /> : letters || <Icon name="user" size={small ? 14 : 20} />}
      {presence && <span class={`dot ${presence}`} />}
    </span>
  );
}

/** A word, a colour and a shape. */
export function PresenceMark({ presence }: { presence: Presence }) {
  return <span class={`presence ${presence}`}><span class={`dot ${presence}`} />{t(`presence.${presence}`)}</span>;
}

export function Person({ who, children }: { who: Colleague; children?: ComponentChildren }) {
  return (
    <span class="person">
      <Avatar name={who.name} picture={who.picture} presence={who.presence} />
      <span class="grow">
        <span class="strong clip">{who.name}</span>
        <span class="small muted row">{t(`presence.${who.presence}`)}{children}</span>
      </span>
    </span>
  );
}

interface SegmentsProps<T extends string> {
  name: string;
  legend: string;
  value: T;
  options: readonly (readonly [T, string, string?])[];
  onChange: (value: T) => void;
}

export function Segments<T extends string>({ name, legend, value, options, onChange }: SegmentsProps<T>) {
  return (
    <fieldset class="segments">
      <legend class="only-read">{legend}</legend>
      {options.map(([key, words, icon]) => (
        <label key={key}>
          <input type="radio" name={name} checked={value === key} onChange={() => onChange(key)} />
          {icon && <Icon name={icon} size={16} />}<span>{words}</span>
        </label>
      ))}
    </fieldset>
  );
}

export function Switch({ label, on, onChange, children }: { label: string; on: boolean; onChange: (on: boolean) => void; children?: ComponentChildren }) {
  return (
    <div class="row apart">
      <label class="switch">
        <input type="checkbox" role="switch" checked={on} onChange={(event) => onChange(event.currentTarget.checked)} />
        <span>{label}</span>
      </label>
      {children}
    </div>
  );
}
