import type { ComponentChildren } from "preact";
import { t } from "../i18n/t.ts";
import { IconButton } from "./parts.tsx";
import { Strip } from "./strip.tsx";

interface ScreenProps {
  title: string;
  subtitle?: string;
  back?: () => void;
  actions?: ComponentChildren;
  tabs?: ComponentChildren;
  bottom?: ComponentChildren;
  footer?: ComponentChildren;
  children: ComponentChildren;
  quietStrip?: boolean;
}

/** One screen: where you are on top, the state of network and work beneath it, the next action at the thumb. */
export function Screen({ title, subtitle, back, actions, tabs, bottom, footer, children, quietStrip }: ScreenProps) {
  return (
    <section class="screen" aria-label={title}>
      <header class="top">
        <div class="line">
          {back && <div class="back"><IconButton icon="arrow-left" label={t("part.back")} onClick={back} /></div>}
          <div class="titles">
            <h1 class="clip">{title}</h1>
            {subtitle && <p class="clip">{subtitle}</p>}
          </div>
          {actions}
        </div>
        {tabs}
        {!quietStrip && <Strip />}
      </header>
      <div class="content">{children}</div>
      {footer}
      {bottom && <div class="bottom"><div class="line">{bottom}</div></div>}
    </section>
  );
}
