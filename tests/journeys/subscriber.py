"""Nora: she comes as a stranger, becomes a Subscriber, uses every right she has, and is erased."""

import json
import re
from zipfile import ZipFile

from playwright.sync_api import expect

from tests.journeys.visitor import Visitor, letter, link_in
from tests.office.addresses import PUBLIC

ADDRESS = "nora@quillblinds.example"
PASSWORD = "five quite unrelated words"
MISSPELT, NAME = "Nora Qill", "Nora Quill"
SHOP = "Quill Blinds"
PROFILING = "to judge or sort people"
# Forms that only a cookie can protect: whoever opens them wants to sign in or up.
DOORS = {name for name in PUBLIC if name.startswith("accounts:")}


def read_public_pages(nora: Visitor) -> None:
    """Every page that anybody may read, and no cookie from any of them."""
    for name, address in PUBLIC.items():
        if isinstance(address, str) and name not in DOORS:
            nora.go(address)
            assert not nora.cookies(), address


def refuse_counting(nora: Visitor) -> None:
    """The banner is answered with No; the choice is all that is kept."""
    nora.go("/")
    nora.keeps_the_rules()
    nora.press("No", inside=nora.page.get_by_role("region", name="Cookies"))
    expect(nora.page.get_by_role("region", name="Cookies")).to_have_count(0)
    assert nora.cookies() == {"cookie_choice"}
    nora.go("/cookies/")
    expect(nora.page.get_by_label("Counting visits")).not_to_be_checked()


def become_a_subscriber(nora: Visitor) -> None:
    """By the mailed link, with a slip in her name; nothing opens before she agrees, but what is hers does."""
    nora.go("/sign-up/")
    nora.fill("Email", ADDRESS)
    nora.press("Send me the link")
    nora.go(link_in(letter(nora.demo, ADDRESS, "/sign-up/"), "/sign-up/"))
    nora.fill("Your name", MISSPELT)
    nora.fill("Name of the business", SHOP)
    nora.fill("Password", PASSWORD)
    nora.fill("Your date of birth", "1988-05-09")
    nora.press("Open the account")
    agree_at_the_gate(nora)
    nora.heads(SHOP)
    assert "visit_counter" not in nora.cookies()


def agree_at_the_gate(nora: Visitor) -> None:
    """No box is ticked for her; her data and the way out stay open meanwhile."""
    nora.heads("Before you go on")
    nora.keeps_the_rules()
    gate = nora.page.url
    nora.go("/setup/")
    nora.heads("Before you go on")
    nora.go("/me/data/export/")
    nora.heads("Your copy")
    nora.go(gate)
    for box in nora.page.get_by_role("checkbox").all():
        expect(box).not_to_be_checked()
        box.check()
    nora.press("Agree and go on")


def decline_marketing(nora: Visitor) -> None:
    """Nothing was agreed to by signing up; and everything works."""
    nora.go("/me/consents/")
    expect(nora.card("Newsletter")).to_contain_text("Not agreed")
    nora.go("/me/agreements/")
    expect(nora.page.get_by_role("link", name=re.compile("^PDF of")).first).to_be_visible()
    nora.go("/setup/")
    nora.heads("Products")


def told_of_new_terms(nora: Visitor, change: str) -> None:
    """Before they come into force: by mail, and on her own page."""
    assert "comes into force" in letter(nora.demo, ADDRESS, change)
    nora.go("/me/notices/")
    nora.sees(change)
    nora.keeps_the_rules()
    nora.go("/me/agreements/")
    nora.sees(re.compile("comes into force on"))
    nora.keeps_the_rules()


def read_what_is_held(nora: Visitor, looker: str, reason: str) -> None:
    """What, why, on what basis, until when, and who looked."""
    nora.go("/me/data/")
    nora.sees(MISSPELT)
    you = nora.page.locator("section.card", has=nora.page.get_by_role("heading", name=re.compile("^You ")))
    you.get_by_text("Why is this held, and until when?").first.click()
    nora.keeps_the_rules()
    expect(you).to_contain_text("Article 6(1)(b)")
    nora.sees(re.compile("until|as long as", re.IGNORECASE))
    looks = nora.card("Who looked")
    expect(looks).to_contain_text(looker)
    expect(looks).to_contain_text(reason)
    nora.go("/me/looks/")
    nora.sees(reason)
    nora.keeps_the_rules()
    nora.go("/account/looks/")
    nora.sees(reason)
    nora.keeps_the_rules()


def take_a_copy(nora: Visitor, reason: str) -> None:
    """One archive: pages for her, JSON for machines."""
    nora.go("/me/data/export/")
    with ZipFile(nora.downloads("Download your data")) as copy:
        read = copy.read("index.html").decode()
        [person] = json.loads(copy.read("data/accounts.Person.json"))
        assert MISSPELT in read
        assert reason in read
        assert person["name"] == MISSPELT
        assert "accounts.Person" in json.loads(copy.read("portable.json"))["tables"]
        assert json.loads(copy.read("problems.json")) == []


def correct_her_name(nora: Visitor) -> None:
    """At once, wherever it is shown."""
    nora.go("/me/data/")
    nora.follow("Correct name")
    nora.keeps_the_rules()
    nora.fill("What it should say", NAME)
    nora.press("Correct it")
    nora.go("/account/people/")
    nora.sees(NAME)
    expect(nora.page.get_by_text(MISSPELT)).to_have_count(0)


def restrict(nora: Visitor) -> None:
    nora.go("/me/data/limits/")
    nora.press("Restrict")
    nora.sees("Restricted. Your data is stored")
    nora.keeps_the_rules()


def lift_and_object(nora: Visitor) -> None:
    """The restriction ends; nobody may sort her."""
    nora.go("/me/data/limits/")
    nora.press("End the restriction")
    nora.sees("The restriction is ended.")
    nora.press(re.compile(f"^Object: {PROFILING}"))
    row = nora.page.get_by_role("row").filter(has_text=re.compile(PROFILING, re.IGNORECASE))
    expect(row).to_contain_text("You object")


def give_and_withdraw_a_consent(nora: Visitor) -> None:
    """The newsletter, agreed to and taken back; how it came about stays to be read."""
    nora.go("/me/consents/")
    nora.press("Agree: Newsletter")
    expect(nora.card("Newsletter")).to_contain_text("You agreed")
    nora.press("Take back: Newsletter")
    expect(nora.card("Newsletter")).to_contain_text("Stopped on")
    nora.keeps_the_rules()


def be_erased(nora: Visitor) -> None:
    """With the business for which she alone answers; her sign-in is gone at once."""
    nora.go("/me/data/erase/")
    nora.fill("Your name", NAME)
    nora.page.get_by_label("End the accounts named above").check()
    nora.press(f"Erase {NAME}")
    nora.page.wait_for_url("**/erased/")
    nora.keeps_the_rules()
    nora.sign_in(ADDRESS, PASSWORD)
    nora.sees("do not belong together")
