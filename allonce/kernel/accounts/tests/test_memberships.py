from datetime import timedelta

import pytest
from django.test import Client

from allonce.kernel.accounts.models import Invitation, Membership, Person
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.services import tokens
from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import PASSWORD, Inhabitant
from allonce.kernel.clock import now, travel

pytestmark = pytest.mark.django_db
NEWCOMER = "new@harbour.example"


def invite(who: Inhabitant, email: str = NEWCOMER, role: str = "office") -> str:
    assert who.client.post("/account/people/", {"email": email, "role": role}).status_code == 302
    return f"/invitation/{tokens.sign('invite', Invitation.objects.latest('created_at').id)}/"


def test_an_invited_colleague_joins_with_the_role_offered_and_the_link_serves_once(olivia: Inhabitant) -> None:
    link = invite(olivia)
    newcomer = Client()
    said = {"name": "New Comer", "password": PASSWORD, "birth_date": "1990-04-01"}
    assert newcomer.post(link, said)["Location"] == "/account/"
    assert b"Harbour Blinds" in newcomer.get("/account/").content
    assert Membership.objects.get(person=Person.objects.with_email(NEWCOMER)).role == Role.OFFICE
    assert Client().get(link).status_code == 410


def test_an_invitation_ends_after_a_week_and_when_withdrawn(olivia: Inhabitant) -> None:
    link = invite(olivia)
    with travel(now() + timedelta(days=8)):
        assert Client().get(link).status_code == 410
    assert Client().get(link).status_code == 200
    olivia.client.post(f"/account/invitations/{Invitation.objects.get().id}/withdraw/")
    assert Client().get(link).status_code == 410


def test_inviting_again_makes_the_first_link_worthless(olivia: Inhabitant) -> None:
    first, second = invite(olivia), invite(olivia)
    assert Client().get(first).status_code == 410
    assert Client().get(second).status_code == 200


def test_somebody_known_joins_with_their_own_sign_in_and_can_switch(olivia: Inhabitant) -> None:
    ben = people.owner("Bayside Blinds", "Ben Bay")
    link = invite(olivia, ben.person.email, "viewer")
    assert b"Sign in and join" in Client().get(link).content
    assert ben.client.post(link).status_code == 302
    assert b"Harbour Blinds" in ben.client.get("/account/").content
    ben.client.post(f"/account/switch/{ben.account.id}/")
    assert b"You are working for" in ben.client.get("/account/").content
    assert ben.client.get("/account/details/").status_code == 200


def test_nobody_joins_by_a_link_that_was_mailed_to_somebody_else(olivia: Inhabitant) -> None:
    ben = people.owner("Bayside Blinds", "Ben Bay")
    people.person("known@harbour.example", "Known")
    link = invite(olivia, "known@harbour.example")
    ben.client.post(link)
    assert not Membership.objects.filter(account=olivia.account, person=ben.person).exists()


@pytest.mark.promise("SEC-TENANCY")
@pytest.mark.parametrize("role", [Role.OFFICE, Role.VIEWER])
def test_only_owners_change_people_names_and_read_the_record(olivia: Inhabitant, role: Role) -> None:
    colleague = people.colleague(olivia, role)
    membership = Membership.objects.get(person=olivia.person)
    for path in ("/account/activity/", "/account/details/", "/account/email/", "/account/activity.csv"):
        assert colleague.client.get(path).status_code == 404, path
    assert colleague.client.post("/account/people/", {"email": NEWCOMER, "role": "owner"}).status_code == 404
    assert colleague.client.post(f"/account/people/{membership.pk}/remove/").status_code == 404
    assert colleague.client.post(f"/account/people/{membership.pk}/role/", {"role": "viewer"}).status_code == 404
    assert Membership.objects.get(pk=membership.pk).role == Role.OWNER


def test_the_last_owner_can_neither_leave_nor_step_down(olivia: Inhabitant) -> None:
    membership = Membership.objects.get(person=olivia.person)
    olivia.client.post(f"/account/people/{membership.pk}/remove/")
    olivia.client.post(f"/account/people/{membership.pk}/role/", {"role": "viewer"})
    assert Membership.objects.get(pk=membership.pk).role == Role.OWNER


def test_a_removed_colleague_loses_the_account_at_once(olivia: Inhabitant) -> None:
    colleague = people.colleague(olivia, Role.OFFICE)
    assert colleague.client.get("/account/").status_code == 200
    membership = Membership.objects.get(person=colleague.person)
    olivia.client.post(f"/account/people/{membership.pk}/remove/")
    assert colleague.client.get("/account/people/").status_code == 404
    page = colleague.client.get("/account/").content.decode()
    assert "You belong to no account" in page
    assert "Harbour Blinds" not in page


@pytest.mark.promise("SEC-TENANCY")
def test_another_accounts_member_is_not_found(olivia: Inhabitant) -> None:
    ben = people.owner("Bayside Blinds", "Ben Bay")
    theirs = Membership.objects.get(person=olivia.person)
    for act in ("remove", "role"):
        assert ben.client.post(f"/account/people/{theirs.pk}/{act}/", {"role": "viewer"}).status_code == 404
    assert ben.client.post(f"/account/switch/{olivia.account.id}/").status_code == 404


def test_missing_and_forbidden_look_alike(olivia: Inhabitant) -> None:
    viewer = people.colleague(olivia, Role.VIEWER)
    forbidden = viewer.client.post("/account/people/999999/remove/")
    missing = viewer.client.get("/no/such/place/")
    assert forbidden.status_code == missing.status_code == 404
