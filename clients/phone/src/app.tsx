import { useEffect } from "preact/hooks";
import { t } from "./i18n/t.ts";
import { Home } from "./screens/home/home.tsx";
import { JobScreen } from "./screens/job/job.tsx";
import { Approve } from "./screens/settings/approve.tsx";
import { SettingsScreen } from "./screens/settings/settings.tsx";
import { Broken, Removed } from "./screens/welcome/ends.tsx";
import { FirstPin } from "./screens/welcome/first_pin.tsx";
import { FirstCatalogue } from "./screens/welcome/first_catalogue.tsx";
import { Register } from "./screens/welcome/register.tsx";
import { Unlock } from "./screens/welcome/unlock.tsx";
import { held } from "./catalogue/versions.ts";
import { ready, startWork } from "./state/start.ts";
import { route } from "./state/router.ts";
import { stage } from "./state/session.ts";
import { TakeOver } from "./ui/take_over.tsx";
import { ToastPlace } from "./ui/toast.tsx";

export function App() {
  return (
    <div class="app">
      <Stage />
      <ToastPlace />
    </div>
  );
}

function Stage() {
  switch (stage.value) {
    case "register": return <Register />;
    case "pin": return <FirstPin />;
    case "locked": return <Unlock />;
    case "open": return <Opened />;
    case "removed": return <Removed />;
    case "broken": return <Broken />;
    default: return <p class="boot">{t("app.opening")}</p>;
  }
}

function Opened() {
  useEffect(() => void startWork(), []);
  if (!ready.value) return <p class="boot">{t("app.opening")}</p>;
  if (!held.value) return <FirstCatalogue />;
  return <><TakeOver /><Panes /></>;
}

/** On a wide screen the list of jobs stays beside the job; on a phone one fills the screen. */
function Panes() {
  const [first, ref, part] = route.value;
  // What is shown to a customer names no other customer.
  if (first === "job" && part === "paper") return <main class="panes single"><JobScreen path={route.value.slice(1)} /></main>;
  if (first !== "job") return <main class="panes single"><Single name={first} /></main>;
  return (
    <div class="panes">
      <aside class="aside" aria-label={t("home.title")}><Home beside={ref ?? ""} /></aside>
      <main class="screen"><JobScreen path={route.value.slice(1)} /></main>
    </div>
  );
}

function Single({ name }: { name: string | undefined }) {
  if (name === "settings") return <SettingsScreen />;
  if (name === "approve") return <Approve />;
  return <Home />;
}
