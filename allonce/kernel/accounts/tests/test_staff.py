"""The Operator's staff: a second factor in each session, duties one by one, and looks that are seen."""

import pytest

from allonce.kernel.accounts.models import Membership, Passkey, SignInSession, StaffDuty
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.services import recovery
from allonce.kernel.accounts.services.sessions import actor_of
from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.audit.models import Entry

pytestmark = pytest.mark.django_db
GATE = "/operator/second-factor/"


def passkey_of(who: Inhabitant) -> None:
    Passkey.objects.create(person=who.person, name="Laptop", credential_id="x" * 20, public_key=b"x")


@pytest.mark.promise("PRIV-STAFF-ACCESS")
def test_the_console_leads_to_the_second_factor_until_it_was_used_in_this_session(sam: Inhabitant) -> None:
    fresh = people.browser_of(sam.person, proven=False)
    for path in ("/operator/", "/operator/staff/", "/operator/cases/"):
        assert fresh.get(path)["Location"].startswith(GATE)
    gate = fresh.get(GATE).content.decode()
    assert "Add your first passkey" in gate
    assert f"You are signed in as {sam.person.name}" in gate
    assert "Sign out" in gate
    passkey_of(sam)
    assert b"Use a passkey" in fresh.get(GATE).content
    codes = recovery.renew(sam.person, actor=actor_of(SignInSession.objects.filter(person=sam.person)[0]))
    assert fresh.post(GATE, {"code": "WRONG-CODE1"}).status_code == 422
    assert fresh.get("/operator/")["Location"].startswith(GATE)
    assert fresh.post(GATE, {"code": codes[0]})["Location"] == "/operator/"
    assert fresh.get("/operator/").status_code == 200
    other = people.browser_of(sam.person, proven=False)
    assert other.post(GATE, {"code": codes[0]}).status_code == 422
    assert other.get("/operator/")["Location"].startswith(GATE)


def test_the_gate_does_not_exist_for_subscribers(olivia: Inhabitant) -> None:
    assert olivia.client.get(GATE).status_code == 404
    assert olivia.client.post(f"{GATE}passkey/", "{}", content_type="application/json").status_code == 404


@pytest.mark.parametrize(
    "path",
    ["register/options/", "register/", "second-factor/", "codes/", "00000000-0000-0000-0000-000000000001/remove/"],
)
def test_a_stolen_password_of_staff_makes_no_second_passkey_and_no_codes(sam: Inhabitant, path: str) -> None:
    passkey_of(sam)
    thief = people.browser_of(sam.person, proven=False)
    answer = thief.post(f"/account/passkeys/{path}", {"wanted": "off"})
    assert answer.status_code == 403
    assert Passkey.objects.count() == 1
    assert recovery.left(sam.person) == 0


def test_a_subscriber_needs_no_second_factor_for_their_own_sign_in(olivia: Inhabitant) -> None:
    passkey_of(olivia)
    assert olivia.client.post("/account/passkeys/codes/").status_code == 200


@pytest.mark.promise("PRIV-STAFF-ACCESS")
def test_each_part_of_the_console_needs_its_own_duty(olivia: Inhabitant, sam: Inhabitant) -> None:
    base = f"/operator/accounts/{olivia.account.id}"
    billing = people.fellow(sam, "billing")
    assert billing.client.get("/operator/").status_code == 200
    assert billing.client.get(f"{base}/look/").status_code == 404
    support = people.fellow(sam, "support", email="lee@operator.example", name="Lee Hart")
    reason = {"reason": "Ticket 31: cannot publish", "minutes": 15}
    assert support.client.post(f"{base}/look/", reason).status_code == 302
    assert support.client.post(f"{base}/grant/", {"service": "field", "until": "2030-01-01"}).status_code == 404
    assert support.client.post(f"{base}/people/{olivia.person.id}/suspend/").status_code == 404
    nothing = people.fellow(sam, email="bo@operator.example", name="Bo")
    assert nothing.client.get(f"{base}/look/").status_code == 404


def test_duties_are_granted_and_withdrawn_by_administrators_alone(sam: Inhabitant) -> None:
    kim = people.fellow(sam, "support")
    wanted = {"duty": "privacy", "wanted": "yes"}
    assert kim.client.post(f"/operator/staff/{kim.person.id}/duty/", wanted).status_code == 404
    assert sam.client.post(f"/operator/staff/{kim.person.id}/duty/", wanted).status_code == 302
    assert set(StaffDuty.objects.filter(person=kim.person).values_list("duty", flat=True)) == {"support", "privacy"}
    entry = Entry.objects.filter(action="duty.granted").latest("number")
    assert (entry.actor_id, entry.data) == (sam.person.id, {"duty": "privacy"})
    sam.client.post(f"/operator/staff/{kim.person.id}/duty/", {"duty": "privacy", "wanted": "no"})
    assert not StaffDuty.objects.filter(person=kim.person, duty="privacy", withdrawn_at=None).exists()
    assert sam.client.post(f"/operator/staff/{kim.person.id}/duty/", {"duty": "king"}).status_code == 404
    assert "Kim Park" in kim.client.get("/operator/staff/").content.decode()


def test_nobody_outside_the_staff_gets_a_duty(olivia: Inhabitant, sam: Inhabitant) -> None:
    answer = sam.client.post(f"/operator/staff/{olivia.person.id}/duty/", {"duty": "admin", "wanted": "yes"})
    assert answer.status_code == 404
    assert not StaffDuty.objects.filter(person=olivia.person).exists()


def test_somebody_who_left_the_staff_and_returns_has_no_duty(sam: Inhabitant) -> None:
    kim = people.fellow(sam, "moderation")
    kim.person.memberships.all().delete()
    assert kim.client.get("/operator/").status_code == 404
    Membership.objects.create(account=sam.account, person=kim.person, role=Role.OFFICE)
    assert kim.client.get("/operator/").status_code == 200
    assert "Moderation" not in kim.client.get("/operator/").content.decode()
    assert kim.client.post("/operator/accounts/00000000-0000-0000-0000-000000000001/look/").status_code == 404
    sam.client.post(f"/operator/staff/{kim.person.id}/duty/", {"duty": "moderation", "wanted": "yes"})
    assert StaffDuty.objects.filter(person=kim.person, withdrawn_at=None).count() == 1


@pytest.mark.promise("PRIV-STAFF-ACCESS")
def test_a_person_sees_who_looked_into_their_business_and_why(olivia: Inhabitant, sam: Inhabitant) -> None:
    viewer = people.colleague(olivia, Role.VIEWER)
    given = {"reason": "Ticket 31: cannot publish", "minutes": 15}
    assert sam.client.post(f"/operator/accounts/{olivia.account.id}/look/", given).status_code == 302
    seen = olivia.client.get("/me/looks/").content.decode()
    assert "Sam Reed" in seen
    assert "Ticket 31: cannot publish" in seen
    theirs = viewer.client.get("/me/looks/").content.decode()
    assert "Sam Reed" in theirs
    assert "Ticket 31" not in theirs
    assert "Sam Reed" not in people.owner("Bayside Blinds", "Ben Bay").client.get("/me/looks/").content.decode()
