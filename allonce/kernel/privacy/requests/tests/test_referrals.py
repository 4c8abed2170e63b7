"""Requests about data that an account controls go to that account, and are followed."""

import pytest

from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.notices.models import Notice
from allonce.kernel.privacy.requests.models import Referral, RightsRequest
from allonce.kernel.privacy.requests.tests import desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def passed_on(sam: Inhabitant, olivia: Inhabitant) -> RightsRequest:
    request = desk.asked()
    desk.done(sam, "pass-on", account_email=olivia.account.email)
    return request


@pytest.mark.promise("PRIV-CONTROLLER")
def test_the_account_is_told_sees_the_request_and_notes_its_answer(
    passed_on: RightsRequest, sam: Inhabitant, olivia: Inhabitant
) -> None:
    [notice] = Notice.objects.filter(person=olivia.person)
    assert passed_on.reference in notice.words["subject"]
    page = olivia.client.get("/account/requests/").content.decode()
    assert desk.WORDS in page
    assert "nia@post.example" in page
    referral = Referral.objects.get()
    path = f"/account/requests/{referral.id}/answer/"
    assert olivia.client.post(path, {"words": ""}).status_code == 422
    assert olivia.client.post(path, {"words": "Sent her a copy by post."}).status_code == 302
    assert olivia.client.post(path, {"words": "Sent it twice."}).status_code == 422
    assert "Sent her a copy by post." in sam.client.get(f"/operator/requests/{passed_on.id}/").content.decode()


@pytest.mark.promise("PRIV-CONTROLLER")
def test_the_sender_learns_that_it_was_passed_on_and_not_to_whom(passed_on: RightsRequest) -> None:
    [letter] = desk.letters("requests.passed_on")
    assert letter["to"] == passed_on.email
    assert "Harbour Blinds" not in letter["text"]


def test_passing_on_twice_changes_nothing_more(passed_on: RightsRequest, sam: Inhabitant, olivia: Inhabitant) -> None:
    desk.done(sam, "pass-on", account_email=olivia.account.email)
    assert Referral.objects.count() == 1
    assert len(desk.letters("requests.passed_on")) == 1


def test_an_unknown_account_and_the_operators_own_are_refused(sam: Inhabitant) -> None:
    desk.asked()
    for wrong in ("nobody@shop.example", sam.account.email):
        assert desk.act(sam, "pass-on", account_email=wrong).status_code == 422


def test_another_account_and_a_viewer_see_nothing(passed_on: RightsRequest, olivia: Inhabitant) -> None:
    ben = people.owner("Bayside Blinds", "Ben Bay")
    assert desk.WORDS not in ben.client.get("/account/requests/").content.decode()
    path = f"/account/requests/{Referral.objects.get().id}/answer/"
    assert ben.client.post(path, {"words": "It is mine."}).status_code == 404
    viewer = people.colleague(olivia, Role.VIEWER)
    assert viewer.client.get("/account/requests/").status_code == 404
