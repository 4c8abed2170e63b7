/** What nobody needs at the moment a chat opens; loaded right behind the first paint. */
import styles from "./later.css?inline";

export { ended, mailOffer, offline } from "./forms.ts";
export { Prechat } from "./prechat.ts";
export { leaveSheet, menu } from "./sheets.ts";
export { choosePicture } from "./upload.ts";

const sheet = new CSSStyleSheet();
sheet.replaceSync(styles);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
