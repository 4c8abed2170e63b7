import { useEffect } from "preact/hooks";
import { t } from "./i18n/t.ts";
import { begin } from "./begin.ts";
import { Inbox } from "./screens/inbox/inbox.tsx";
import { TopBar } from "./screens/top.tsx";
import { Rings } from "./screens/ring.tsx";
import { Help, helpOpen } from "./screens/help.tsx";
import { Team } from "./screens/me/team.tsx";
import { ThreadPane } from "./screens/thread/thread.tsx";
import { SidePane } from "./screens/side/side.tsx";
import { listenToKeys } from "./state/keys.ts";
import { stage, why } from "./state/hub.ts";
import { openId } from "./state/router.ts";
import { detailsOpen, teamOpen } from "./state/panes.ts";
import { Announcer } from "./ui/announce.tsx";
import { Empty } from "./ui/drawings.tsx";
import { Button } from "./ui/parts.tsx";
import { ToastPlace } from "./ui/toast.tsx";

export function App() {
  return (
    <div class="app" data-product="chat">
      <Stage />
      <ToastPlace />
      <Announcer />
    </div>
  );
}

function Stage() {
  if (stage.value === "ready") return <Console />;
  if (stage.value === "starting") return <main class="boot" aria-busy="true"><h1 aria-live="polite">{t("app.opening")}</h1></main>;
  if (stage.value === "signed_out") {
    const back = `/sign-in/?next=${encodeURIComponent(location.pathname + location.hash)}`;
    return (
      <main class="boot"><Empty drawing="bench" title={t("app.signed_out")} whole>
        <p>{t("app.signed_out.why")}</p><a class="button primary" href={back}>{t("app.sign_in")}</a>
      </Empty></main>
    );
  }
  const refused = stage.value === "refused";
  return (
    <main class="boot"><Empty drawing={refused ? "bench" : "cable"} title={t(refused ? "app.refused" : "app.failed")} whole>
      <p>{why.value || t("app.failed.why")}</p>
      <Button kind="primary" icon="refresh" onClick={() => void begin()}>{t("app.again")}</Button>
    </Empty></main>
  );
}

/** The list, the conversation beside it, the visitor beside that; on a phone one of them fills the screen. */
function Console() {
  useEffect(() => listenToKeys(), []);
  const view = openId.value ? "thread" : "list";
  return (
    <>
      <TopBar />
      <Rings />
      <main class="columns" data-view={view} data-details={detailsOpen.value ? "" : undefined}>
        <Inbox />
        <ThreadPane />
        <SidePane />
      </main>
      {teamOpen.value && <Team />}
      {helpOpen.value && <Help />}
    </>
  );
}
