"""What the law makes us give: by a person, limited, recorded, and told."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from allonce.kernel import audit
from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.audit.models import Entry
from allonce.kernel.clock import now, today, travel
from allonce.kernel.notices.models import Notice
from allonce.kernel.privacy.requests.models import Disclosure
from allonce.kernel.privacy.requests.services import telling
from allonce.kernel.privacy.requests.tests import desk

pytestmark = [pytest.mark.django_db, pytest.mark.promise("PRIV-DISCLOSURE")]
FACTS = {
    "authority": "Harbour Magistrates' Court",
    "reference": "PO-118",
    "legal_basis": "Production order, section 9",
    "scope_asked": "Everything since 2020",
    "scope_given": "Three sign-ins in March",
    "left_out": "All else: not covered by the order",
    "limited": "on",
}


def record(by: Inhabitant, **other: Any) -> Any:
    facts = {name: value for name, value in (FACTS | other).items() if value is not None}
    return by.client.post("/operator/disclosures/new/", facts)


def recorded(by: Inhabitant, **other: Any) -> Disclosure:
    answer = record(by, **other)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return Disclosure.objects.latest("recorded_at")


def test_the_record_holds_authority_basis_scope_person_time_and_what_was_given(sam: Inhabitant) -> None:
    file = SimpleUploadedFile("given.pdf", b"%PDF-1.7\nthree sign-ins")
    made = recorded(sam, file=file)
    for name in ("authority", "legal_basis", "scope_asked", "scope_given", "left_out", "reference"):
        assert getattr(made, name) == FACTS[name]
    assert made.staff_id == sam.person.id
    assert made.given_at is not None
    assert made.given_at <= now()
    page = sam.client.get(f"/operator/disclosures/{made.id}/").content.decode()
    assert "Three sign-ins in March" in page
    assert "Sam Reed" in page
    copy = sam.client.post(f"/operator/disclosures/{made.id}/copy/")
    assert copy.content == b"%PDF-1.7\nthree sign-ins"
    assert Entry.objects.filter(action="disclosure.opened", actor_id=sam.person.id).count() == 1


@pytest.mark.parametrize("name", ["authority", "legal_basis", "scope_asked", "scope_given", "left_out", "limited"])
def test_nothing_is_recorded_while_a_part_of_it_is_missing(sam: Inhabitant, name: str) -> None:
    assert record(sam, **{name: None}).status_code == 422
    assert not Disclosure.objects.exists()


def test_only_staff_disclose(olivia: Inhabitant) -> None:
    assert record(olivia).status_code == 404
    assert not Disclosure.objects.exists()


def test_the_database_takes_no_disclosure_without_a_person(sam: Inhabitant) -> None:
    recorded(sam)
    with pytest.raises(IntegrityError), transaction.atomic():
        Disclosure.objects.update(staff_id=None)


def test_with_four_eyes_it_counts_only_when_somebody_else_agreed(sam: Inhabitant, olivia: Inhabitant) -> None:
    made = recorded(sam, four_eyes="on", concerns=olivia.person.email)
    assert (made.state, made.given_at) == ("waiting", None)
    assert sam.client.post(f"/operator/disclosures/{made.id}/agree/").status_code == 403
    assert not Notice.objects.exists()
    kim = desk.kim(sam)
    assert kim.client.post(f"/operator/disclosures/{made.id}/agree/").status_code == 302
    made.refresh_from_db()
    assert (made.state, made.second_id) == ("given", kim.person.id)
    assert Notice.objects.filter(person=olivia.person).count() == 1
    assert kim.client.post(f"/operator/disclosures/{made.id}/agree/").status_code == 409
    with pytest.raises(IntegrityError), transaction.atomic():
        Disclosure.objects.update(second_id=sam.person.id)


def test_what_is_dropped_is_not_given_and_its_copy_is_gone(sam: Inhabitant) -> None:
    file = SimpleUploadedFile("given.pdf", b"%PDF-1.7\nthree sign-ins")
    made = recorded(sam, four_eyes="on", file=file)
    assert sam.client.post(f"/operator/disclosures/{made.id}/drop/").status_code == 302
    assert sam.client.post(f"/operator/disclosures/{made.id}/copy/").status_code == 404
    made.refresh_from_db()
    assert (made.state, made.given_at) == ("dropped", None)


def test_the_person_concerned_is_told_at_once_and_finds_it_later(sam: Inhabitant, olivia: Inhabitant) -> None:
    recorded(sam, concerns=olivia.person.email)
    [notice] = Notice.objects.filter(person=olivia.person)
    assert "Harbour Magistrates" in " ".join(notice.words["paragraphs"])
    page = olivia.client.get("/me/disclosures/").content.decode()
    assert "Three sign-ins in March" in page
    ben = people.owner("Bayside Blinds", "Ben Bay")
    assert "Three sign-ins" not in ben.client.get("/me/disclosures/").content.decode()


def test_an_account_finds_it_in_its_list_of_looks(sam: Inhabitant, olivia: Inhabitant) -> None:
    recorded(sam, concerns=olivia.account.email)
    page = olivia.client.get("/account/looks/").content.decode()
    assert "Harbour Magistrates" in page
    assert "Three sign-ins in March" in page


def test_what_may_not_be_told_is_told_once_on_the_day_it_may(sam: Inhabitant, olivia: Inhabitant) -> None:
    until = today() + timedelta(days=60)
    secret = {"withheld_until": until.isoformat(), "withheld_because": "The order forbids it, section 4"}
    recorded(sam, concerns=olivia.account.email, **secret)
    assert telling.tell_what_may_be_told() == 0
    assert not Notice.objects.exists()
    assert not audit.looks(olivia.account.id).exists()
    assert not Entry.objects.filter(account_id=olivia.account.id, action__startswith="disclosure").exists()
    with travel(now() + timedelta(days=61)):
        assert telling.tell_what_may_be_told() == 1
        assert telling.tell_what_may_be_told() == 0
    assert Notice.objects.filter(person=olivia.person).count() == 1
    assert audit.looks(olivia.account.id).count() == 1


@pytest.mark.parametrize(("until", "because"), [(30, ""), (None, "The order forbids it"), (-1, "The order forbids it")])
def test_silence_needs_a_reason_and_an_end(sam: Inhabitant, until: int | None, because: str) -> None:
    day = None if until is None else (today() + timedelta(days=until)).isoformat()
    assert record(sam, withheld_until=day, withheld_because=because).status_code == 422


def test_the_audit_record_holds_ids_only(sam: Inhabitant, olivia: Inhabitant) -> None:
    made = recorded(sam, concerns=olivia.person.email)
    said = " ".join(str(entry.facts()) for entry in Entry.objects.all())
    assert str(made.id) in said
    assert "Court" not in said
    assert desk.WORDS not in said


def test_where_nobody_here_is_concerned_nobody_counts_as_told(sam: Inhabitant) -> None:
    made = recorded(sam)
    assert telling.tell_what_may_be_told() == 0
    made.refresh_from_db()
    assert made.told_at is None
    assert b"Nobody here to tell" in sam.client.get("/operator/disclosures/").content
