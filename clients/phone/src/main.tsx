import "./styles/index.css";
import { render } from "preact";
import { App } from "./app.tsx";
import { applyTheme } from "./state/preferences.ts";
import { openPhone, stage } from "./state/session.ts";
import { startShell } from "./state/shell.ts";

applyTheme();
startShell();
const place = document.getElementById("app");
if (place) {
  place.replaceChildren();
  render(<App />, place);
}
openPhone().catch(() => (stage.value = "broken"));
