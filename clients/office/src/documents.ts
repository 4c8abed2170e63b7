// The preview's own choice lies outside the form that htmx watches, so a change there is passed on.
import "./styles/documents.css";
import htmx from "htmx.org";

const form = document.getElementById("brand");
document.getElementById("kind")?.addEventListener("change", () => {
  if (form) htmx.trigger(form, "change");
});
