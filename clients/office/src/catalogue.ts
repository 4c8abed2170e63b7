// The Catalogue's pages: dialogs filled by the server, the trial price, the range table, the price grid, the rule builder.
import "./catalogue/catalogue.css";
import { startBasics } from "./catalogue/basics";
import { startDraft } from "./catalogue/draft";
import { startEditor } from "./catalogue/editor";
import { startGrid } from "./catalogue/grid";
import { startRanges } from "./catalogue/ranges";
import { startRules } from "./catalogue/rules";
import { startTrial } from "./catalogue/trial";

startBasics();
startDraft();
startEditor();
startTrial();
startRanges();
startGrid();
startRules();
