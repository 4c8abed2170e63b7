"""A person sees, copies, corrects, restricts, objects and leaves on their own; each takes effect everywhere."""

import json
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client

from allonce.kernel import audit
from allonce.kernel.accounts import ports
from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.accounts.models import Membership, Person
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.services import staff
from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import PASSWORD, Inhabitant
from allonce.kernel.audit import Actor
from allonce.kernel.audit.models import Entry
from allonce.kernel.clock import now, travel
from allonce.kernel.declarations import PURPOSES, Purpose, declarations
from allonce.kernel.legal import queries as legal
from allonce.kernel.legal.queries import Asked
from allonce.kernel.legal.services.accepting import accept_as_demo
from allonce.kernel.legal.services.publishing import publish_shipped
from allonce.kernel.notices.models import Notice
from allonce.kernel.privacy.rights import overview
from allonce.kernel.privacy.rights.models import Limit
from allonce.kernel.privacy.rights.processing import may_process, processable
from allonce.kernel.privacy.rights.services import limits
from allonce.kernel.privacy.subjects import personal_fields

pytestmark = pytest.mark.django_db


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


@pytest.mark.promise("PRIV-RIGHTS")
def test_the_overview_shows_values_reasons_and_who_looked(olivia: Inhabitant, sam: Inhabitant) -> None:
    audit.record_look(Actor("staff", sam.person.id), olivia.account.id, "Ticket 4711 about prices")
    shown = text(olivia.client, "/me/data/")
    for told in ("Olivia Marsh", "owner@harbour.example", "Article 6(1)(b)", "Ticket 4711 about prices", "Sam Reed"):
        assert told in shown
    assert "until the person leaves" in shown
    assert olivia.person.password not in shown


def test_the_overview_names_neither_texts_nor_choices_as_people_do(olivia: Inhabitant) -> None:
    publish_shipped()
    terms = legal.current("terms")
    assert terms is not None
    accept_as_demo(Asked(olivia.person.id), [terms])
    shown = text(olivia.client, "/me/data/")
    assert "Terms of use, version 1" in shown
    assert str(Role.OWNER.label) in shown
    with ZipFile(BytesIO(olivia.client.post("/me/data/export/download/").content)) as packed:
        [agreed] = json.loads(packed.read("data/legal.Acceptance.json"))
    assert agreed["version"] == "Terms of use, version 1"


@pytest.mark.promise("PRIV-RIGHTS")
def test_the_copy_is_an_archive_with_reasons_and_a_portable_part(olivia: Inhabitant) -> None:
    answer = olivia.client.post("/me/data/export/download/")
    with ZipFile(BytesIO(answer.content)) as packed:
        reasons, portable = (json.loads(packed.read(name)) for name in ("reasons.json", "portable.json"))
        page = packed.read("index.html").decode()
        assert "name" in packed.read("data/accounts.Person.csv").decode()
    assert portable["tables"]["accounts.Person"] == [{"email": olivia.person.email, "name": "Olivia Marsh"}]
    assert "accounts.SignInSession" not in portable["tables"], "that rests on an interest of ours"
    assert {reason["field"]: reason["article"] for reason in reasons["accounts.Person"]}["name"] == "Article 6(1)(b)"
    assert "What is held of Olivia Marsh" in page
    assert Entry.objects.filter(action="rights.exported", actor_id=olivia.person.id).count() == 1


def test_a_copy_needs_one_press_or_says_why_it_needs_another(olivia: Inhabitant) -> None:
    page = olivia.client.get("/me/data/export/").content.decode()
    assert "Download your data" in page
    assert "Show that it is you" not in page
    with travel(now() + timedelta(minutes=16)):
        page = olivia.client.get("/me/data/export/").content.decode()
    assert "Download your data" not in page
    assert "we ask for your password or passkey first" in page


@pytest.mark.parametrize("path", ["/me/data/export/download/", "/me/data/erase/"])
def test_an_old_sign_in_must_be_proved_again_by_the_password(olivia: Inhabitant, path: str) -> None:
    with travel(now() + timedelta(minutes=16)):
        sent = olivia.client.post(path, {"name": "Olivia Marsh"})
        assert sent.headers["Location"].startswith("/me/data/confirm/?next=")
        confirm = sent.headers["Location"]
        assert olivia.client.post(confirm, {"present": "something else entirely"}).status_code == 422
        assert olivia.client.get(path).status_code == 302
        back = olivia.client.post(confirm, {"present": PASSWORD})
        assert back.headers["Location"] == path
        assert olivia.client.get(path).status_code == 200
        assert olivia.client.post("/me/data/confirm/passkey/", "{}", "application/json").status_code == 403
    assert Person.objects.filter(pk=olivia.person.pk).exists()


@pytest.mark.promise("PRIV-RIGHTS")
def test_a_wrong_value_is_corrected_and_the_record_holds_neither(olivia: Inhabitant) -> None:
    path = f"/me/data/correct/accounts.Person/{olivia.person.id}/name/"
    assert olivia.client.post(path, {"value": "  Olivia   Marsh-Webb "}).status_code == 302
    assert Person.objects.get(pk=olivia.person.pk).name == "Olivia Marsh-Webb"
    entry = Entry.objects.get(action="rights.corrected")
    assert entry.data == {"field": "name"}
    assert olivia.client.post(path, {"value": ""}).status_code == 422


def test_nothing_else_can_be_corrected_that_way(olivia: Inhabitant) -> None:
    ben = people.owner("Bayside Blinds", "Ben Hall")
    for where in (
        f"accounts.Person/{ben.person.id}/name",
        f"accounts.Person/{olivia.person.id}/password",
        f"accounts.Person/{olivia.person.id}/suspended_at",
        "accounts.Membership/1/role",
        "accounts.Person/not-an-id/name",
        "nothing.There/1/name",
    ):
        assert olivia.client.post(f"/me/data/correct/{where}/", {"value": "x"}).status_code == 404, where
    assert Person.objects.get(pk=ben.person.pk).name == "Ben Hall"


def test_no_use_is_listed_without_what_allows_it(olivia: Inhabitant) -> None:
    shown = text(olivia.client, "/me/data/limits/")
    rows = overview.objections([])
    assert len(rows) > 3
    assert [each.code for each in rows if len(each.interest) < 20] == []
    assert "You consented, and can withdraw; you may object all the same." in shown


@pytest.mark.promise("PRIV-RIGHTS")
def test_a_restriction_closes_the_person_to_every_use_but_storage_and_claims(
    olivia: Inhabitant, sam: Inhabitant
) -> None:
    looking = StaffAccess(sam.account, sam.person, Role.OWNER, Actor("staff", sam.person.id))
    staff.start_look(looking, olivia.account.id, "Ticket 4711 about prices", 15)
    page = f"/operator/accounts/{olivia.account.id}/details/"
    assert "Olivia Marsh" in text(sam.client, page)
    assert olivia.client.post("/me/data/limits/restrict/", {"ground": "accuracy"}).status_code == 302
    assert "Olivia Marsh" not in (shown := text(sam.client, page))
    assert "Restricted" in shown
    person = olivia.person.id
    assert [may_process(person, each) for each in ("support", "marketing", "storage", "claims", "legal")] == [
        False, False, True, True, True,
    ]  # fmt: skip
    assert not ports.may_process(person, "support")
    assert list(processable(Membership.objects.filter(person_id=person), "service")) == []
    assert "You restricted processing" in text(olivia.client, "/me/data/")
    olivia.client.post("/me/data/limits/lift/")
    assert may_process(person, "support")


@pytest.mark.promise("PRIV-RIGHTS")
def test_an_objection_stops_one_use_and_can_be_withdrawn(olivia: Inhabitant) -> None:
    ben = people.person("ben@bayside.example", "Ben Hall")
    assert olivia.client.post("/me/data/limits/object/", {"purpose": "security"}).status_code == 302
    assert not may_process(olivia.person.id, "security")
    assert may_process(olivia.person.id, "operations")
    assert list(processable(Person.objects.all(), "security", "pk")) == [ben]
    assert "You object" in text(olivia.client, "/me/data/limits/")
    olivia.client.post("/me/data/limits/withdraw/", {"purpose": "security"})
    assert may_process(olivia.person.id, "security")
    assert olivia.client.post("/me/data/limits/object/", {"purpose": "account"}).status_code == 400, (
        "it rests on the contract"
    )


def test_an_objection_to_profiling_is_one_to_everything_that_profiles(
    olivia: Inhabitant, monkeypatch: pytest.MonkeyPatch
) -> None:

    monkeypatch.setitem(PURPOSES, "pairing", Purpose("to pair people", "contract", profiling=True))
    assert may_process(olivia.person.id, "pairing")
    olivia.client.post("/me/data/limits/object/", {"purpose": "profiling"})
    assert not may_process(olivia.person.id, "pairing")
    assert may_process(olivia.person.id, "service")


def test_whom_staff_free_of_a_restriction_is_told_days_before(olivia: Inhabitant, sam: Inhabitant) -> None:
    limits.restrict(olivia.person, actor=Actor("person", olivia.person.id))
    limits.restrict(olivia.person, actor=Actor("person", olivia.person.id))
    assert Limit.objects.count() == 1
    limits.lift_restriction(olivia.person, actor=Actor("staff", sam.person.id))
    assert "ends on" in Notice.objects.get(person=olivia.person).words["subject"]
    assert not may_process(olivia.person.id, "support"), "not before the day they were told"
    with travel(now() + limits.NOTICE + timedelta(seconds=1)):
        assert may_process(olivia.person.id, "support")


@pytest.mark.promise("PRIV-RIGHTS")
def test_erasure_asks_with_the_name_and_then_leaves_nobody_signed_in(olivia: Inhabitant) -> None:
    people.colleague(olivia, Role.OWNER)
    shown = text(olivia.client, "/me/data/erase/")
    assert "Where you are signed in" in shown
    assert olivia.client.post("/me/data/erase/", {"name": "Olivia"}).status_code == 422
    assert Person.objects.filter(pk=olivia.person.pk).exists()
    assert olivia.client.post("/me/data/erase/", {"name": " olivia marsh "}).headers["Location"] == "/erased/"
    assert not Person.objects.filter(pk=olivia.person.pk).exists()
    assert olivia.client.get("/me/data/").status_code == 302
    assert "You are erased" in text(Client(), "/erased/")


def test_the_only_owner_is_told_what_to_do_first(olivia: Inhabitant) -> None:
    assert "You alone answer for these accounts" in text(olivia.client, "/me/data/erase/")
    assert olivia.client.post("/me/data/erase/", {"name": "Olivia Marsh"}).status_code == 422
    assert Person.objects.filter(pk=olivia.person.pk).exists()


@pytest.mark.promise("PRIV-REGISTER")
def test_the_register_tells_purpose_basis_retention_and_source_of_every_personal_field(sam: Inhabitant) -> None:
    register = Client().get("/privacy/register.json").json()
    fields = {f"{table['table']}.{field['field']}": field for table in register["tables"] for field in table["fields"]}

    declared = {f"{d.model}.{name}" for d in declarations.values() for name in personal_fields(d)}
    assert fields.keys() == declared
    for place, told in fields.items():
        for what in ("category", "purpose", "basis", "article", "until", "source", "recipients"):
            assert told[what], f"{place} does not say its {what}"
    page = text(Client(), "/privacy/register/")
    assert "Where you are signed in" in page
    assert "Rights in use" in text(sam.client, "/operator/register/")
