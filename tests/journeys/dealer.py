"""Fay's hands: she owns Fenwick Cars and runs its chat in the office."""

import re
import time
from pathlib import Path

from playwright.sync_api import Locator, expect

from tests.journeys.visitor import Visitor

SWEEP_SECONDS = 120
MAILS = "hello@fenwickcars.example"


def wants_leads(fay: Visitor, adf_address: str, webhook: str) -> str:
    """In ADF at a mail address, and by webhook; the secret that signs those."""
    fay.go("/chat/settings/")
    system = fay.card("Your lead system (ADF)")
    fay.fill("XML leads (ADF) go to", adf_address, inside=system)
    fay.press("Save", inside=system)
    fay.sees("Saved.")
    fay.follow("Webhooks and keys")
    fay.fill("Web address", webhook)
    fay.press("Add the address")
    fay.sees("Copy it now")
    fay.sees(webhook)
    return fay.page.locator(".copy-line code").first.inner_text()


def open_lead(fay: Visitor, who: str) -> None:
    """The latest of that name."""
    fay.page.goto("/chat/leads/")
    fay.page.get_by_role("row").filter(has_text=who).first.get_by_role("link").first.click()
    expect(fay.page.get_by_role("heading", name=who).first).to_be_visible()


def give_face(fay: Visitor, agent: str, picture: Path) -> None:
    """The picture that visitors see of an agent."""
    fay.go("/chat/agents/")
    fay.follow(agent)
    fay.page.get_by_label("JPEG, PNG, WebP or GIF").set_input_files(picture)
    fay.press("Upload")
    fay.sees("The picture is in place.")


def reported(fay: Visitor, *names: str) -> list[int]:
    """Figures of the last thirty days, as the reports show them now."""
    fay.page.goto("/chat/reports/")
    figures = dict(zip(_texts(fay, "dt"), _texts(fay, "dd"), strict=True))
    return [int(figures[name].replace(",", "")) for name in names]


def _texts(fay: Visitor, tag: str) -> list[str]:
    return fay.page.locator(f"dl.figures {tag}").all_inner_texts()


def found(fay: Visitor, who: str) -> Locator:
    """The visitors of that name."""
    fay.page.goto("/chat/consumers/")
    fay.fill("Search", who)
    fay.press("Show")
    expect(fay.page).to_have_url(re.compile("q="))
    return fay.page.locator("tbody th a")


def wait_until_gone(fay: Visitor, who: str) -> None:
    """Until what sweeps in the background has been there."""
    deadline = time.monotonic() + SWEEP_SECONDS
    while found(fay, who).count():
        assert time.monotonic() < deadline, f"{who} is still there"
        fay.page.wait_for_timeout(1000)
    fay.sees("Nobody like that")


def open_visitor(fay: Visitor, who: str) -> None:
    found(fay, who).first.click()
    fay.heads(who)


def correct_name(fay: Visitor, who: str, name: str) -> None:
    open_visitor(fay, who)
    fay.fill("Name", name)
    fay.press("Correct")
    fay.sees("Corrected.")
    fay.heads(name)


def delete(fay: Visitor, who: str) -> None:
    open_visitor(fay, who)
    fay.press("Delete")
    fay.press("Delete", inside=fay.page.get_by_role("dialog", name=f"Delete {who}?"))
    fay.sees("Deleted, with all that was said.")


def keep_for(fay: Visitor, days: int) -> None:
    fay.page.goto("/chat/settings/")
    keeping = fay.card("Keeping and refusing")
    fay.fill("Days to keep what visitors wrote", str(days), inside=keeping)
    fay.press("Save", inside=keeping)
    fay.sees("Saved.")
