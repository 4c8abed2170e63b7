/** Oneself: there or not, on the phone or not; colleagues; how this browser rings and looks. */
import { useSignal } from "@preact/signals";
import type { Presence } from "../../api/types.ts";
import { stopwatch } from "../../logic/when.ts";
import { t } from "../../i18n/t.ts";
import { dark, keysOn, setKeys, setSound, soundOn, toggleTheme } from "../../state/looks.ts";
import { teamOpen } from "../../state/panes.ts";
import { choose, extendBy, isIdle, signInFor, silence } from "../../state/presence.ts";
import { switchOff, switchOn, waking } from "../../state/push.ts";
import { sample } from "../../state/sound.ts";
import { colleagues, me, openCount } from "../../state/store.ts";
import { tick } from "../../state/timers.ts";
import { Button, Note, Person, Segments, Switch } from "../../ui/parts.tsx";
import { Sheet } from "../../ui/sheet.tsx";

const TIMES = [30, 60, 120, 240, 480];
const HOUR = 60;

export function Team() {
  return (
    <Sheet title={t("me.title")} onClose={() => (teamOpen.value = false)} wide>
      <Desk />
      <Phone />
      <Notifications />
      <Colleagues />
      <section class="stack tight">
        <h3>{t("me.looks")}</h3>
        <Switch label={t("me.sound")} on={soundOn.value} onChange={setSound}><Button kind="plain" icon="volume" onClick={sample}>{t("me.sound.try")}</Button></Switch>
        <Switch label={t("me.theme")} on={dark.value} onChange={toggleTheme} />
        <Switch label={t("me.keys")} on={keysOn.value} onChange={setKeys} />
      </section>
    </Sheet>
  );
}

function Desk() {
  const options = (["online", "away", "offline"] as const).map((state) => [state, t(`presence.${state}`)] as const);
  const silent = silence();
  return (
    <section class="stack tight">
      <h3>{t("me.desk")}</h3>
      <Segments<Presence> name="desk" legend={t("me.desk")} value={me.value.desk} options={options} onChange={(state) => void choose(state)} />
      {isIdle() && <Note icon="clock" tone="warn">{t("me.idle")}</Note>}
      {silent && <Note icon="clock" tone="warn">{t(`line.${silent}`)}</Note>}
      <p class="small muted">{t("me.open", { open: openCount(me.value.id), limit: me.value.limit })}{me.value.routing === "forward_only" ? ` ${t("me.forward_only")}` : ""}</p>
    </section>
  );
}

/** A sign-in that ends by itself, so that nobody is rung for at night. */
function Phone() {
  const { until } = me.value;
  return (
    <section class="stack tight">
      <h3>{t("me.phone")}</h3>
      {until
        ? <p class="row apart"><span class="strong">{t("me.phone.left", { time: stopwatch((Date.parse(until) - tick.value) / 1000) })}</span><Button icon="history" onClick={() => void extendBy(HOUR)}>{t("me.phone.extend")}</Button></p>
        : <p class="small muted">{t("me.phone.why")}</p>}
      <div class="chips">{TIMES.map((minutes) => <button key={minutes} type="button" class="chip" onClick={() => void signInFor(minutes)}>{timeWords(minutes)}</button>)}</div>
    </section>
  );
}

function timeWords(minutes: number): string {
  return minutes < HOUR ? t("me.phone.minutes", { count: minutes }) : t("me.phone.hours", { count: minutes / HOUR });
}

function Notifications() {
  const busy = useSignal(false);
  const run = async (does: () => Promise<void>): Promise<void> => {
    busy.value = true;
    await does().finally(() => (busy.value = false));
  };
  return (
    <section class="stack tight">
      <h3>{t("push.title")}</h3>
      <p class="small muted">{t("push.why")}</p>
      {waking.value === "unable" && <Note icon="bell-off">{t("push.unable")}</Note>}
      {waking.value === "blocked" && <Note icon="bell-off" tone="warn">{t("push.blocked")}</Note>}
      {(waking.value === "off" || waking.value === "asking") && <div><Button icon="bell" disabled={busy.value} onClick={() => void run(switchOn)}>{t("push.on")}</Button></div>}
      {waking.value === "on" && <div><Button icon="bell-off" disabled={busy.value} onClick={() => void run(switchOff)}>{t("push.off")}</Button></div>}
    </section>
  );
}

function Colleagues() {
  const order: Record<Presence, number> = { online: 0, away: 1, offline: 2 };
  const all = [...colleagues.value].sort((a, b) => order[a.presence] - order[b.presence] || a.name.localeCompare(b.name));
  return (
    <section class="stack tight">
      <h3>{t("me.colleagues")}</h3>
      {!all.length && <p class="muted">{t("me.colleagues.none")}</p>}
      <ul class="people">{all.map((one) => <li key={one.id}><Person who={one}><span class="muted"> · {t("me.open", { open: openCount(one.id), limit: one.limit })}{me.value.off_shift.includes(one.id) && ` · ${t("forward.off_shift")}`}</span></Person></li>)}</ul>
    </section>
  );
}
