// A page that outlives its session says so when it next asks for something, and leads to sign-in and back here.
import { toast } from "./toasts";
import { t } from "./words";

const SIGNED_OUT = 401;

export function startExpiry(): void {
  document.body.addEventListener("htmx:responseError", (event) => {
    const { xhr } = (event as CustomEvent<{ xhr: XMLHttpRequest }>).detail;
    if (xhr.status === SIGNED_OUT) tellSignedOut();
  });
}

export function tellSignedOut(): void {
  if (document.getElementById("signed-out")) return;
  const link = document.createElement("a");
  link.id = "signed-out";
  link.href = `/sign-in/?next=${encodeURIComponent(location.pathname + location.search)}`;
  link.textContent = t("Sign in again");
  toast(t("You are signed out, so that was not saved."), "danger")?.append(link);
}
