"""Nobody goes on before agreeing to the current terms, and agreeing is a recorded click."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.audit.models import Entry
from allonce.kernel.clock import now, travel
from allonce.kernel.legal.models import Acceptance
from allonce.kernel.legal.ports import always_open
from allonce.kernel.legal.services import publishing
from allonce.kernel.legal.tests.library import TERMS, boxes, in_days, material, terms, tick

pytestmark = pytest.mark.django_db
GATE = "/me/agreements/agree/"
SERVICES = ("/account/", "/account/people/", "/setup/", "/operator/", "/")


def gated(browser: Client, path: str) -> bool:
    answer = browser.get(path)
    return answer.status_code == 302 and answer["Location"].startswith(GATE)


def test_nothing_is_asked_while_nothing_is_published(olivia: Inhabitant) -> None:
    assert olivia.client.get("/account/").status_code == 200


@pytest.mark.promise("LEGAL-ACCEPT")
@pytest.mark.parametrize("path", SERVICES)
def test_a_service_opens_before_the_terms_were_agreed_to(olivia: Inhabitant, sam: Inhabitant, path: str) -> None:
    terms()
    assert gated(olivia.client, path)
    assert gated(sam.client, path)


@pytest.mark.promise("LEGAL-ACCEPT")
def test_every_view_but_the_registered_ones_is_shut_before_agreement(olivia: Inhabitant) -> None:
    terms()
    answer = olivia.client.post("/account/details/", {"name": "Other Blinds"})
    assert answer["Location"] == GATE
    assert olivia.client.get("/account/").status_code == 302
    olivia.account.refresh_from_db()
    assert olivia.account.name == "Harbour Blinds"


@pytest.mark.promise("LEGAL-ACCEPT")
@pytest.mark.parametrize("path", ["/legal/", "/legal/terms/", "/legal/terms/1/", "/me/agreements/", "/licences/", GATE])
def test_what_has_to_stay_open_is_shut_before_agreement(olivia: Inhabitant, path: str) -> None:
    terms()
    assert olivia.client.get(path).status_code == 200


@pytest.mark.promise("LEGAL-ACCEPT")
def test_somebody_who_does_not_agree_cannot_sign_out(olivia: Inhabitant) -> None:
    terms()
    olivia.client.post(reverse("accounts:sign_out"))
    assert olivia.client.get("/account/")["Location"].startswith("/sign-in/")


def test_ways_out_are_not_shown_on_the_acceptance_page(olivia: Inhabitant) -> None:
    terms()
    page = olivia.client.get(GATE).content.decode()
    assert all(reverse(way.where) in page for way in always_open() if way.label)
    assert "Sign out" in page


@pytest.mark.promise("LEGAL-ACCEPT")
def test_agreement_is_not_recorded_with_person_document_version_and_time(olivia: Inhabitant) -> None:
    version = terms()
    moment = now()
    with travel(moment):
        assert tick(olivia.client, version).status_code == 302
    row = Acceptance.objects.get()
    assert (row.person, row.version, row.at) == (olivia.person, version, moment)
    entry = Entry.objects.get(action="legal.accepted")
    assert entry.actor_id == olivia.person.id
    assert entry.actor_via is not None
    assert entry.data == {"document": "terms", "number": 1, "digest": version.digest}
    assert olivia.client.get("/account/").status_code == 200


@pytest.mark.promise("LEGAL-ACCEPT")
def test_an_unticked_box_counts_as_agreement(olivia: Inhabitant) -> None:
    terms()
    [box] = boxes(olivia.client.get(GATE).content)
    assert "checked" not in box
    assert olivia.client.post(GATE, {}).status_code == 422
    assert not Acceptance.objects.exists()
    assert gated(olivia.client, "/account/")


@pytest.mark.promise("LEGAL-ACCEPT")
def test_a_tick_for_an_earlier_version_counts_for_a_later_one(olivia: Inhabitant) -> None:
    first = terms()
    second = terms(TERMS + "\nOne more line.\n")
    assert tick(olivia.client, first).status_code == 422
    assert tick(olivia.client, second).status_code == 302


@pytest.mark.promise("LEGAL-ACCEPT")
def test_a_new_version_in_force_is_not_asked_for(olivia: Inhabitant) -> None:
    tick(olivia.client, terms())
    terms(TERMS + "\nOne more line.\n", effective_on=in_days(3))
    assert olivia.client.get("/account/").status_code == 200
    with travel(now() + timedelta(days=3)):
        assert gated(olivia.client, "/account/")


def test_two_clicks_record_two_agreements(olivia: Inhabitant) -> None:
    version = terms()
    tick(olivia.client, version)
    assert tick(olivia.client, version).status_code == 302
    assert Acceptance.objects.count() == Entry.objects.filter(action="legal.accepted").count() == 1


def test_somebody_cannot_come_back_to_where_they_were_going(olivia: Inhabitant) -> None:
    version = terms()
    page = olivia.client.get("/account/people/", follow=True)
    assert b'name="next" value="/account/people/"' in page.content
    answer = olivia.client.post(GATE, {f"version_{version.pk}": "on", "next": "/account/people/"})
    assert answer["Location"] == "/account/people/"
    elsewhere = olivia.client.get(GATE + "?next=https://elsewhere.example/")
    assert elsewhere["Location"] == "/"


def test_a_script_is_told_by_a_code_what_is_missing(olivia: Inhabitant) -> None:
    terms()
    answer = olivia.client.get("/account/", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (403, "agreement_needed")
    swapped = olivia.client.get("/account/", headers={"HX-Request": "true"})
    assert swapped["HX-Redirect"] == GATE


def test_a_phone_is_stopped_by_terms_that_its_owner_has_not_agreed_to(olivia: Inhabitant) -> None:
    terms()
    assert olivia.client.post("/api/mobile/v1/register", content_type="application/json").status_code != 302
    assert Client().get("/sign-in/").status_code == 200


@pytest.mark.promise("PRIV-CONTROLLER")
def test_an_owner_goes_on_without_the_processing_agreement(olivia: Inhabitant) -> None:
    tick(olivia.client, terms())
    agreement = publishing.publish("processing", publishing.Text("## 1. Orders\n\nOnly as told.\n"))
    assert gated(olivia.client, "/account/")
    tick(olivia.client, agreement)
    assert olivia.client.get("/account/").status_code == 200
    assert Acceptance.objects.get(version=agreement).account == olivia.account


def test_an_owner_whose_session_names_no_account_goes_on_without_it(olivia: Inhabitant) -> None:
    publishing.publish("processing", publishing.Text("## 1. Orders\n\nOnly as told.\n"))
    olivia.person.sign_in_sessions.update(account=None)
    assert gated(olivia.client, "/account/")


def test_the_processing_agreement_is_asked_of_people_who_cannot_give_it(olivia: Inhabitant, sam: Inhabitant) -> None:
    publishing.publish("processing", publishing.Text("## 1. Orders\n\nOnly as told.\n"))
    colleague = people.colleague(olivia, Role.OFFICE)
    assert colleague.client.get("/account/").status_code == 200
    assert sam.client.get("/operator/").status_code == 200


def test_one_owner_has_agreed_and_another_is_asked_again(olivia: Inhabitant) -> None:
    agreement = publishing.publish("processing", publishing.Text("## 1. Orders\n\nOnly as told.\n"))
    second = people.colleague(olivia, Role.OWNER)
    tick(olivia.client, agreement)
    assert second.client.get("/account/").status_code == 200


@pytest.mark.promise("LEGAL-VERSIONS")
def test_a_version_that_reduces_rights_binds_somebody_who_did_not_agree(olivia: Inhabitant) -> None:
    tick(olivia.client, terms())
    reducing = material(reduces_rights=True)
    with travel(now() + timedelta(days=40)):
        browser = people.browser_of(olivia.person)
        assert browser.get("/account/").status_code == 200
        page = browser.get("/me/agreements/").content.decode()
        assert "Until you agree to it, version 1 binds you and us." in page
        one = f"/me/agreements/terms/{reducing.number}/"
        assert browser.post(one, {}).status_code == 422
        assert not Acceptance.objects.filter(version=reducing).exists()
        browser.post(one, {f"version_{reducing.pk}": "on"})
        assert Acceptance.objects.filter(version=reducing, person=olivia.person).exists()


@pytest.mark.promise("LEGAL-VERSIONS")
def test_a_version_that_builds_on_reduced_rights_binds_somebody_who_did_not_agree(olivia: Inhabitant) -> None:
    tick(olivia.client, terms())
    bearable = material(TERMS + "\nMore.\n")
    material(TERMS + "\nLess.\n", reduces_rights=True)
    material(TERMS + "\nLess, and clearer.\n", days=31)
    with travel(now() + timedelta(days=40)):
        browser = people.browser_of(olivia.person)
        assert gated(browser, "/account/")
        tick(browser, bearable)
        assert browser.get("/account/").status_code == 200


def test_a_newcomer_gets_in_on_an_earlier_version(olivia: Inhabitant) -> None:
    terms()
    material(reduces_rights=True)
    with travel(now() + timedelta(days=40)):
        page = people.browser_of(olivia.person).get(GATE).content.decode()
    assert "version 2." in page
    assert "version 1." not in page


def test_a_coming_version_cannot_be_agreed_to_early(olivia: Inhabitant) -> None:
    tick(olivia.client, terms())
    coming = material()
    olivia.client.post("/me/agreements/terms/2/", {f"version_{coming.pk}": "on"})
    with travel(now() + timedelta(days=40)):
        assert people.browser_of(olivia.person).get("/account/").status_code == 200


@pytest.mark.promise("LEGAL-ACCEPT")
def test_a_version_that_nobody_asks_for_is_agreed_to(olivia: Inhabitant) -> None:
    first = terms()
    terms(TERMS + "\nOne more line.\n")
    answer = olivia.client.post("/me/agreements/terms/1/", {f"version_{first.pk}": "on"})
    assert answer.status_code == 422
    assert not Acceptance.objects.exists()


def test_agreements_lack_the_day_and_the_copy(olivia: Inhabitant) -> None:
    assert b"Nothing yet" in olivia.client.get("/me/agreements/").content
    tick(olivia.client, terms())
    page = olivia.client.get("/me/agreements/").content.decode()
    assert "Terms of use" in page
    assert "/me/agreements/terms/1/copy.pdf" in page
