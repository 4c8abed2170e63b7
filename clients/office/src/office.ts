// Loaded by every page: styles, htmx, and the small manners that all pages share.
import "@fontsource-variable/inter/index.css";
import "@tabler/core/dist/css/tabler.min.css";
import "./styles/index.css";
import "./icons.svg?url";
import htmx from "htmx.org";
import { startCopyButtons } from "./manners/copy";
import { startDialogs } from "./manners/dialogs";
import { startForms } from "./manners/forms";
import { startExpiry } from "./manners/expiry";
import { startKeys } from "./manners/keys";
import { startTabs } from "./manners/tabs";
import { startToasts } from "./manners/toasts";

htmx.config.includeIndicatorStyles = false;
htmx.config.allowEval = false;
htmx.config.globalViewTransitions = false;
htmx.config.historyCacheSize = 0;

startDialogs();
startForms();
startKeys();
startTabs();
startToasts();
startExpiry();
startCopyButtons();
