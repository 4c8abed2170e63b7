"""Data lies in and goes to the agreed regions; anything else is refused, unless a written safeguard is on file."""

from uuid import UUID

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from allonce.kernel import post
from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.audit import Actor
from allonce.kernel.audit.models import Entry
from allonce.kernel.clock import today
from allonce.kernel.declarations import evidence_for
from allonce.kernel.errors import Forbidden
from allonce.kernel.jobs import run_due
from allonce.kernel.jobs.starting import obstacles, require_ready
from allonce.kernel.privacy.processors import residency, services
from allonce.kernel.privacy.processors.gate import ListedProcessors, OutsideRegions
from allonce.kernel.privacy.processors.models import AccountRegions
from allonce.kernel.privacy.processors.tests.scene import FAR_RELAY, listed, use_far_relay
from allonce.kernel.vault import Scope

pytestmark = [pytest.mark.django_db, pytest.mark.promise("PRIV-RESIDENCY")]
CLAUSES = {"safeguard": "clauses", "safeguard_date": today(), "safeguard_reference": "SCC-2026-1"}


def agree(who: Inhabitant, *regions: str, role: Role = Role.OWNER) -> None:
    access = AccountAccess(who.account, who.person, role, Actor("person", who.person.id))
    services.agree_to_regions(access, regions)


def may_use(account_id: UUID | None = None) -> bool:
    try:
        ListedProcessors().may_use(FAR_RELAY, account_id)
    except OutsideRegions:
        return False
    return True


def test_a_processor_outside_the_installations_regions_is_refused(
    settings: Settings, sam: Inhabitant, handed_over: list[str]
) -> None:
    use_far_relay(settings)
    listed(sam, country="US")
    mail = post.RelayMail(to="mary@example.com", subject="Hello", text="Hello", message_id="<1@allonce.example>")
    assert post.relay_now(mail).detail == "relay_setup"
    assert handed_over == []
    assert "without safeguard" in obstacles()[0]


def test_a_written_safeguard_lets_it_be_used(settings: Settings, sam: Inhabitant) -> None:
    use_far_relay(settings)
    listed(sam, country="US", **CLAUSES)
    assert may_use()
    assert obstacles() == []


def test_regions_that_the_installation_agreed_to_are_its_own_and_more(settings: Settings, sam: Inhabitant) -> None:
    listed(sam, country="FR")
    assert not may_use()
    settings.ALLOWED_REGIONS = ["GB", "EEA"]
    assert may_use()


def test_an_account_that_agreed_to_less_is_not_served_by_what_lies_outside(
    settings: Settings, sam: Inhabitant, olivia: Inhabitant
) -> None:
    settings.ALLOWED_REGIONS = ["GB", "FR"]
    listed(sam, country="FR")
    agree(olivia, "GB")
    assert may_use()
    assert may_use(people.owner("Bayside Blinds", "Ben Bay").account.id)
    assert not may_use(olivia.account.id)


def test_an_account_that_agreed_to_more_is_served_there(sam: Inhabitant, olivia: Inhabitant) -> None:
    listed(sam, country="FR")
    agree(olivia, "GB", "EEA")
    assert may_use(olivia.account.id)
    assert not may_use()


def test_a_letter_of_an_account_waits_here_while_its_regions_shut_the_relay(
    settings: Settings, sam: Inhabitant, olivia: Inhabitant, handed_over: list[str]
) -> None:
    use_far_relay(settings)
    settings.ALLOWED_REGIONS = ["GB", "FR"]
    listed(sam, country="FR")
    agree(olivia, "GB")
    ben = people.owner("Bayside Blinds", "Ben Bay")
    for each in (olivia, ben):
        post.send(post.Mail(Scope("account", each.account.id), "tests.letter", "mary@example.com", "Hello", "Hello"))
    run_due()
    assert handed_over == ["smtp.relay.example"]


@pytest.mark.parametrize("target", ["database", "keys", "files", "backups", "archive"])
def test_a_storage_target_outside_the_regions_stops_the_start(settings: Settings, target: str) -> None:
    settings.STORAGE_REGIONS = {**settings.STORAGE_REGIONS, target: "US"}
    with pytest.raises(SystemExit) as refused:
        require_ready()
    assert refused.value.code == 78
    assert f"storage:{target} lies in US" in obstacles()[0]
    [told] = evidence_for("PRIV-RESIDENCY")
    assert not told.holds


def test_a_storage_target_abroad_needs_a_current_entry_with_a_safeguard(settings: Settings, sam: Inhabitant) -> None:
    settings.STORAGE_REGIONS = {**settings.STORAGE_REGIONS, "backups": "US"}
    listed(sam, country="US", connectors=["storage:backups"])
    assert obstacles()
    entry = listed(sam, country="US", connectors=["storage:backups"], **CLAUSES)
    assert obstacles() == []
    services.end(entry.processor_id, actor=Actor("system"))
    assert obstacles()


def test_moving_data_out_of_what_one_account_agreed_to_stops_the_start(settings: Settings, olivia: Inhabitant) -> None:
    agree(olivia, "GB")
    settings.ALLOWED_REGIONS = ["GB", "FR"]
    settings.STORAGE_REGIONS = {**settings.STORAGE_REGIONS, "files": "FR"}
    [found] = obstacles()
    assert str(olivia.account.id) in found


def test_an_owner_cannot_leave_out_where_the_data_lies(olivia: Inhabitant) -> None:
    for regions in (["FR"], ["EEA"], []):
        with pytest.raises(services.RegionNeeded):
            agree(olivia, *regions)
    assert residency.agreed_regions(olivia.account.id) == ["GB"]


def test_only_an_owner_agrees(olivia: Inhabitant) -> None:
    with pytest.raises(Forbidden):
        agree(olivia, "GB", role=Role.OFFICE)
    colleague = people.colleague(olivia, Role.OFFICE)
    assert colleague.client.get("/account/regions/").status_code == 404
    assert colleague.client.post("/account/regions/", {"regions": ["GB"]}).status_code == 404


def test_an_owner_reads_and_chooses_on_their_page(sam: Inhabitant, olivia: Inhabitant) -> None:
    listed(sam, country="US", name="Far Relay Inc.", **CLAUSES)
    listed(sam, country="FR", name="Near Relay SA")
    page = olivia.client.get("/account/regions/").content.decode()
    for said in ("United Kingdom", "Far Relay Inc.", "Near Relay SA", "outside your regions", "contractual clauses"):
        assert said in page
    assert olivia.client.post("/account/regions/", {"regions": ["GB", "EEA"]}).status_code == 302
    assert AccountRegions.objects.get().regions == ["EEA", "GB"]
    assert "outside your regions" not in olivia.client.get("/account/regions/").content.decode()
    assert Entry.objects.get(action="regions.agreed").data == {"regions": ["eea", "gb"]}
    refused = olivia.client.post("/account/regions/", {"regions": ["EEA"]})
    assert refused.status_code == 422
    assert "Your data lies in United Kingdom" in refused.content.decode()
    assert olivia.client.post("/account/regions/follow/").status_code == 302
    assert not AccountRegions.objects.exists()


def test_staff_see_which_accounts_have_regions_of_their_own(sam: Inhabitant, olivia: Inhabitant) -> None:
    assert "All accounts follow" in sam.client.get("/operator/processors/").content.decode()
    agree(olivia, "GB", "EEA")
    page = sam.client.get("/operator/processors/").content.decode()
    assert str(olivia.account.id) in page
    assert "European Economic Area" in page


def test_everybody_reads_where_data_lies(settings: Settings) -> None:
    settings.STORAGE_REGIONS = {"database": "GB", "backups": "FR"}
    page = Client().get("/privacy/processors/").content.decode()
    assert "United Kingdom" in page
    assert "France" in page
