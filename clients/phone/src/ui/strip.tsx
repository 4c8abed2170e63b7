/** One calm line on every screen: network, unsent work, and whatever needs to be known about the store. */
import { t } from "../i18n/t.ts";
import { sending } from "../queue/send.ts";
import { isClockWrong } from "../state/clock.ts";
import { isEditor } from "../state/editor.ts";
import { byStage, storageFull, unsaved } from "../state/jobs.ts";
import { online } from "../state/network.ts";
import { Icon } from "./icon.tsx";

interface Line {
  icon: string;
  words: string;
  tone: "" | "warn" | "bad";
}

export function Strip() {
  const { icon, words, tone } = line();
  return <p class={`strip ${tone}`} role="status"><Icon name={icon} /><span class="grow words">{words}</span></p>;
}

function line(): Line {
  if (storageFull.value) return { icon: "database", words: t("strip.full"), tone: "bad" };
  if (!isEditor.value) return { icon: "eye", words: t("strip.reading"), tone: "" };
  if (isClockWrong()) return { icon: "clock", words: t("strip.clock"), tone: "warn" };
  return network();
}

function network(): Line {
  const count = byStage.value.ready.length;
  if (sending.value) return { icon: "send", words: t("strip.sending"), tone: "" };
  if (!online.value) {
    return { icon: "wifi-off", words: count ? t("strip.offline.unsent", { count }) : t("strip.offline"), tone: "" };
  }
  if (count) return { icon: "clock", words: t("strip.unsent", { count }), tone: "" };
  return { icon: "cloud-check", words: t(unsaved.value ? "strip.saving" : "strip.online"), tone: "" };
}
