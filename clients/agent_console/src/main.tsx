import { render } from "preact";
import { App } from "./app.tsx";
import { begin } from "./begin.ts";
import { startLooks } from "./state/looks.ts";

export function mount(): void {
  const place = document.getElementById("console");
  if (!place) return;
  startLooks();
  render(<App />, place);
  void begin();
}
