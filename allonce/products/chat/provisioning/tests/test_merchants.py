"""Providers bring businesses by form, table and API: found by their own number, invited, asked, hidden, never taken."""

import json
from typing import Any

import pytest
from django.test import Client

from allonce.kernel.accounts import entitlements
from allonce.kernel.accounts.models import Account, Invitation
from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.audit import SYSTEM
from allonce.kernel.clock import add_months, today
from allonce.kernel.notices.models import Notice
from allonce.products.chat.doors import NoDoor, open_door
from allonce.products.chat.leads.models import Lead
from allonce.products.chat.leads.queries import settings_of
from allonce.products.chat.leads.tests.scene import Dealer, dealer, mails
from allonce.products.chat.models import ChatClient, ProviderMerchant
from allonce.products.chat.provisioning.models import ListingOffer, Profile
from allonce.products.chat.services import placing, set_up

pytestmark = pytest.mark.django_db
FENWICK = {"id": "D-9", "name": "Fenwick Cars", "email": "hello@fenwick.example"}


class Site:
    """A listing site, its owner's browser, and its system with a key."""

    def __init__(self, name: str = "Motor Lists", owner: str = "Lena List") -> None:
        self.who: Inhabitant = people.owner(name, owner)
        entitlements.grant(self.who.account.id, "chat", add_months(today(), 6), actor=SYSTEM)
        self.client: ChatClient = set_up.open_client(self.who.account, "provider", name, actor=SYSTEM)
        self.placement = placing.save_placement(self.client, None, {"title": "Listings"}, actor=SYSTEM)
        _row, self.key = placing.make_key(self.client, "Stock", actor=SYSTEM)

    def call(self, method: str, path: str = "", body: Any = None) -> Any:
        given = {"data": json.dumps(body), "content_type": "application/json"} if body is not None else {}
        headers = {"Authorization": f"Bearer {self.key}"}
        return getattr(Client(headers=headers), method)(f"/api/chat/v1/merchants{path}", **given)

    def upload(self, table: str) -> Any:
        return self.who.client.post("/chat/merchants/table/", {"text": table})

    def take_over(self, table: str) -> Any:
        return self.who.client.post("/chat/merchants/table/apply/", {"text": table})


@pytest.fixture
def site() -> Site:
    return Site()


def test_a_business_is_opened_listed_and_its_contact_invited(site: Site) -> None:
    made = site.call("post", "", FENWICK)
    assert made.status_code == 200, made.content
    assert made.json() == {
        "id": "D-9",
        "name": "Fenwick Cars",
        "hidden": False,
        "managed_here": True,
        "state": "created",
    }
    account = Account.objects.with_email("hello@fenwick.example")
    assert account is not None
    assert Invitation.objects.get(account=account).role == "owner"
    [mail] = mails("accounts.invitation")
    assert mail["to"] == "hello@fenwick.example" and "Motor Lists" in mail["text"]
    assert entitlements.allows(account.id, "chat")
    assert settings_of(account.id).lead_addresses == "hello@fenwick.example"
    assert open_door(site.placement.key, "D-9").account_id == account.id


def test_bringing_it_again_changes_nothing_or_what_differs(site: Site) -> None:
    site.call("post", "", FENWICK)
    assert site.call("post", "", FENWICK).json()["state"] == "same"
    body = {"name": "Fenwick Motors", "email": "hello@fenwick.example", "zone": "Europe/Paris"}
    assert site.call("put", "/D-9", body).json()["state"] == "changed"
    assert site.call("get", "/D-9").json()["name"] == "Fenwick Motors"
    assert ChatClient.objects.get(kind="merchant").zone == "Europe/Paris"
    assert len(mails("accounts.invitation")) == 1


def test_once_somebody_has_joined_the_settings_are_the_businesss_own(site: Site) -> None:
    site.call("post", "", FENWICK)
    account = Account.objects.with_email("hello@fenwick.example")
    assert account is not None
    account.memberships.create(person=people.person("dana@fenwick.example"), role="owner")
    assert site.call("put", "/D-9", {"name": "Taken", "email": "x@x.example"}).json() == {
        "id": "D-9",
        "name": "Fenwick Cars",
        "hidden": False,
        "managed_here": False,
        "state": "same",
    }


def test_hiding_takes_it_off_the_list_and_erases_nothing(site: Site) -> None:
    site.call("post", "", FENWICK)
    assert site.call("delete", "/D-9").status_code == 204
    assert site.call("delete", "/D-9").status_code == 204
    with pytest.raises(NoDoor):
        open_door(site.placement.key, "D-9")
    assert Account.objects.with_email("hello@fenwick.example") is not None
    assert site.call("get", "/D-9").json()["hidden"] is True
    assert site.call("post", "", FENWICK).json() | {"state": ""} == {
        "id": "D-9",
        "name": "Fenwick Cars",
        "hidden": False,
        "managed_here": True,
        "state": "",
    }
    assert open_door(site.placement.key, "D-9").external_id == "D-9"


def test_a_business_with_an_account_is_asked_and_never_taken(site: Site) -> None:
    fenwick = dealer()
    done = site.call("post", "", FENWICK).json()
    assert done["state"] == "offered"
    assert not ProviderMerchant.objects.exists()
    assert "Motor Lists" in Notice.objects.get(person=fenwick.who.person).words["subject"]
    assert site.call("post", "", FENWICK).json()["state"] == "offered"
    assert ListingOffer.objects.count() == 1
    offer = ListingOffer.objects.get()
    rival = dealer("Harbour Motors", "Hal Harbour")
    assert rival.who.client.post(f"/chat/providers/offers/{offer.id}/", {"answer": "yes"}).status_code == 404
    assert fenwick.who.client.post(f"/chat/providers/offers/{offer.id}/", {"answer": "yes"}).status_code == 302
    assert ProviderMerchant.objects.get().merchant_account_id == fenwick.account.id
    listing = ProviderMerchant.objects.get()
    assert rival.who.client.post(f"/chat/providers/{listing.id}/leave/").status_code == 404
    assert "Motor Lists" in fenwick.who.client.get("/chat/providers/").content.decode()
    assert fenwick.who.client.post(f"/chat/providers/{listing.id}/leave/").status_code == 302
    with pytest.raises(NoDoor):
        open_door(site.placement.key, "D-9")


def test_a_declined_offer_lists_nobody(site: Site) -> None:
    fenwick = dealer()
    site.call("post", "", FENWICK)
    offer = ListingOffer.objects.get()
    fenwick.who.client.post(f"/chat/providers/offers/{offer.id}/", {"answer": "no"})
    fenwick.who.client.post(f"/chat/providers/offers/{offer.id}/", {"answer": "yes"})
    assert not ProviderMerchant.objects.exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"id": "a/b"}, "id"),
        ({"id": ""}, "id"),
        ({"name": " "}, "name"),
        ({"email": "nobody"}, "email"),
        ({"zone": "Mars/Base"}, "zone"),
        ({"profile": "none such"}, "profile"),
    ],
)
def test_what_is_wrong_is_said_by_field_and_changes_nothing(site: Site, change: dict[str, str], field: str) -> None:
    answer = site.call("post", "", FENWICK | change)
    assert answer.status_code == 422
    assert field in answer.json()["fields"]
    assert ChatClient.objects.filter(kind="merchant").count() == 0


def test_strangers_merchants_and_other_providers_get_nowhere(site: Site) -> None:
    site.call("post", "", FENWICK)
    assert Client().get("/api/chat/v1/merchants").status_code == 401
    other = Site("Other Lists", "Otto Other")
    assert other.call("get", "/D-9").status_code == 404
    assert other.call("delete", "/D-9").status_code == 404
    assert other.call("get").json() == {"merchants": [], "next": None}
    merchant = dealer("Harbour Motors", "Hal Harbour")
    _row, key = placing.make_key(merchant.client, "Stock", actor=SYSTEM)
    answer = Client(headers={"Authorization": f"Bearer {key}"}).get("/api/chat/v1/merchants")
    assert (answer.status_code, answer.json()["code"]) == (403, "not_a_provider")


def test_the_list_is_read_in_pages(site: Site) -> None:
    for number in range(3):
        site.call("post", "", {"id": f"D-{number}", "name": "A", "email": f"a{number}@x.example"})
    first = site.call("get", "?limit=2").json()
    assert ([each["id"] for each in first["merchants"]], first["next"]) == (["D-0", "D-1"], "D-1")
    assert [each["id"] for each in site.call("get", "?limit=2&after=D-1").json()["merchants"]] == ["D-2"]


def test_a_profile_gives_new_accounts_their_settings(site: Site) -> None:
    given = {
        "title": "UK dealers",
        "zone": "Europe/London",
        "retention_days": "90",
        "ring_seconds": "60",
        "notice": "Read this.",
        "adf_word": "Lists",
        "adf_position": "after",
    }
    assert site.who.client.post("/chat/profiles/new/", given).status_code == 302
    assert site.who.client.post("/chat/profiles/new/", given).status_code == 422
    site.call("post", "", FENWICK | {"profile": "uk dealers"})
    made = ChatClient.objects.get(kind="merchant")
    assert (made.retention_days, made.ring_seconds, made.notice) == (90, 60, "Read this.")
    assert settings_of(made.account_id).adf_word == "Lists"
    assert site.who.client.post(f"/chat/profiles/{Profile.objects.get().id}/delete/").status_code == 302


TABLE = """id;name;email;zone;hidden
D-1;Fenwick Cars;hello@fenwick.example;Europe/London;
D-2;"Harbour; Motors";hello@harbour.example;;yes
"""


def test_a_table_is_shown_first_and_taken_over_as_a_whole(site: Site) -> None:
    page = site.upload(TABLE)
    assert page.status_code == 200
    assert "Harbour; Motors" in page.content.decode()
    assert not ProviderMerchant.objects.exists()
    assert site.take_over(TABLE).status_code == 302
    assert ProviderMerchant.objects.get(external_id="D-1").hidden_at is None
    assert ProviderMerchant.objects.get(external_id="D-2").hidden_at
    assert site.take_over(TABLE).status_code == 302
    assert len(mails("accounts.invitation")) == 2


def test_faults_stand_at_their_lines_and_nothing_is_taken_over(site: Site) -> None:
    wrong = TABLE + "D-2;Doubled;d@x.example;;\nD-3;;nobody;Mars/Base;maybe\n"
    page = site.upload(wrong)
    assert page.status_code == 422
    shown = page.content.decode()
    for said in ("stands in two lines", "as in ada@example.com", "Write yes or no", "Europe/London, or nothing"):
        assert said in shown, said
    assert site.take_over(wrong).status_code == 422
    assert not ProviderMerchant.objects.exists()


@pytest.mark.parametrize(
    "table",
    ["", "nonsense", "id,name\n1,2", "id,name,email,salary\n1,2,3,4", 'id,name,email\n"1,2', "\x01\x02", "id\n" * 3],
)
def test_what_is_no_table_is_refused_in_words(site: Site, table: str) -> None:
    page = site.upload(table)
    assert page.status_code in {200, 422}
    assert not ProviderMerchant.objects.exists()
    assert site.take_over(table).status_code in {302, 422}
    assert not ProviderMerchant.objects.exists()


def test_pages_are_for_providers_alone(site: Site) -> None:
    assert site.who.client.get("/chat/merchants/").status_code == 200
    assert site.who.client.get("/chat/merchants/table/").status_code == 200
    fenwick = dealer()
    assert fenwick.who.client.get("/chat/merchants/").status_code == 404
    assert fenwick.who.client.post("/chat/merchants/table/apply/", {"text": TABLE}).status_code == 404


def test_a_reported_call_is_a_lead_and_told_again_only_its_length_changes() -> None:
    fenwick: Dealer = dealer()
    _row, key = placing.make_key(fenwick.client, "Telephone", actor=SYSTEM)
    browser = Client(headers={"Authorization": f"Bearer {key}"})
    call = {"id": "C-1", "number": "+447400123456", "started_at": "2026-11-20T10:00:00Z", "seconds": 0}

    def told(**change: Any) -> Any:
        return browser.post("/api/chat/v1/calls", json.dumps(call | change), content_type="application/json")

    first = told()
    assert first.status_code == 200, first.content
    assert told(seconds=95).json() == first.json()
    lead = Lead.objects.get()
    assert (lead.kind, lead.consumer.phone, lead.conversation.calls.get().seconds) == ("call", "+447400123456", 95)
    assert told(id="C-2", number="12").status_code == 422
    assert told(id="C-3", seconds=-1).status_code == 422
    assert told(id="C-4", started_at="2026-11-20T10:00:00").status_code == 422
    assert Lead.objects.count() == 1
