import { h } from "preact";
import icons from "virtual:icons";

interface IconProps {
  name: string;
  size?: number;
  class?: string;
}

/** A line icon. It is decoration: the words beside it, or its button's label, are what is read aloud. */
export function Icon({ name, size = 22, class: className = "" }: IconProps) {
  const shapes = icons[name] ?? [];
  return (
    <svg class={className} width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor"
      stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
      {shapes.map(([tag, attributes]) => h(tag, attributes))}
    </svg>
  );
}
