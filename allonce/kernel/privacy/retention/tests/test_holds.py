"""Legal holds are placed and released by staff, visibly, and told to whom they concern."""

from uuid import uuid4

import pytest

from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.audit.models import Entry
from allonce.kernel.notices.models import Notice
from allonce.kernel.privacy.retention.models import LegalHold
from allonce.kernel.privacy.retention.tests import scene

pytestmark = pytest.mark.django_db
FORM = {"kind": "account", "table": "", "reason": "A court has asked for this.", "authority": "Case 4", "until": ""}
NEW = "/operator/retention/holds/new/"


def place(sam: Inhabitant, **changed: object) -> int:
    return sam.client.post(NEW, FORM | changed).status_code


def test_staff_place_and_release_a_hold_and_the_person_is_told(sam: Inhabitant, olivia: Inhabitant) -> None:
    assert place(sam, kind="person", id=str(olivia.person.id)) == 302
    [hold] = LegalHold.objects.all()
    page = sam.client.get("/operator/retention/").content.decode()
    assert "A court has asked for this." in page
    assert str(olivia.person.id) in page
    assert sam.client.post(f"/operator/retention/holds/{hold.id}/release/").status_code == 302
    told = [each.words["paragraphs"][0] for each in Notice.objects.filter(person=olivia.person).order_by("created_at")]
    assert "A court has asked for this." in told[0]
    assert "has ended" in told[1]
    assert set(Entry.objects.filter(action__startswith="hold.").values_list("action", flat=True)) == {
        "hold.placed",
        "hold.released",
    }
    assert sam.client.post(f"/operator/retention/holds/{hold.id}/release/").status_code == 404


def test_an_owner_sees_a_hold_on_their_account(sam: Inhabitant, olivia: Inhabitant) -> None:
    assert place(sam, id=str(olivia.account.id)) == 302
    assert "A court has asked for this." in olivia.client.get("/account/end/").content.decode()


@pytest.mark.parametrize(
    "changed",
    [
        {"id": str(uuid4())},
        {"id": "nothing"},
        {"kind": "row", "id": "1"},
        {"kind": "row", "table": "no.Table", "id": "1"},
        {"kind": "row", "table": "jobs.Job", "id": str(uuid4())},
        {"until": "2020-01-01"},
        {"reason": "short"},
    ],
)
def test_a_hold_on_nothing_is_refused_beside_its_field(
    sam: Inhabitant, olivia: Inhabitant, changed: dict[str, str]
) -> None:
    assert place(sam, **({"id": str(olivia.account.id)} | changed)) == 422
    assert not LegalHold.objects.exists()


def test_a_record_is_held_for_whom_it_belongs_to(sam: Inhabitant, olivia: Inhabitant) -> None:
    kept = scene.invoice(olivia.account.id)
    assert place(sam, kind="row", table="probe.Invoice", id=str(kept.pk)) == 302
    [hold] = LegalHold.objects.all()
    assert (hold.scope_kind, hold.scope_id, hold.row) == ("account", olivia.account.id, str(kept.pk))


def test_the_console_is_for_staff_who_may(sam: Inhabitant, olivia: Inhabitant) -> None:
    viewer = people.colleague(sam, Role.VIEWER, "viewer@operator.example")
    for path in ("/operator/retention/", NEW, "/operator/retention/end/"):
        assert olivia.client.get(path).status_code == 404
        assert viewer.client.get(path).status_code == 404
        assert sam.client.get(path).status_code == 200


def test_the_console_lists_what_would_go_without_any_value(sam: Inhabitant, olivia: Inhabitant) -> None:
    scene.visit(olivia, 400)
    page = sam.client.get("/operator/retention/").content.decode()
    assert "probe.Visit" in page
    assert scene.CANARY not in page
