"""The clock of a request: what stops it, what moves it, and that staff are told in time."""

from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.audit.models import Entry
from allonce.kernel.clock import travel
from allonce.kernel.declarations import evidence_for
from allonce.kernel.notices import kinds
from allonce.kernel.notices.models import Notice
from allonce.kernel.privacy.requests.models import RightsRequest
from allonce.kernel.privacy.requests.services import reminding
from allonce.kernel.privacy.requests.tests import desk
from allonce.kernel.privacy.retention.sweeping import sweep
from allonce.kernel.vault import keyring, orphans
from allonce.kernel.vault.errors import KeyDestroyed

pytestmark = [pytest.mark.django_db, pytest.mark.promise("PRIV-RIGHTS-CLOCK")]
START = datetime(2026, 9, 1, 10, tzinfo=UTC)  # a Tuesday; a month later is Thursday 1 October


def after(days: int) -> AbstractContextManager[None]:
    return travel(START + timedelta(days=days))


def proved() -> RightsRequest:
    with after(0):
        request = desk.asked()
        desk.confirm()
    return request


def due(days: int = 0) -> str:
    with after(days):
        return desk.the_request().due_on.isoformat()


def test_the_clock_stands_until_the_sender_is_proved() -> None:
    with after(0):
        desk.asked()
    assert due(5) == "2026-10-06"
    with after(5):
        desk.confirm()
    assert due(20) == "2026-10-06"


def test_the_clock_stands_while_clarification_is_awaited(sam: Inhabitant) -> None:
    proved()
    with after(10):
        desk.done(sam, "clarify", question="Which account do you mean?")
    assert due(13) == "2026-10-05"  # 4 October is a Sunday
    with after(17):
        path = desk.link_in(desk.letters("requests.asked_back")[0])
        assert Client().post(f"{path}reply/", {"words": "The one of 2019."}).status_code == 302
        assert Client().post(f"{path}reply/", {"words": "The one of 2019."}).status_code == 422
    assert due(25) == "2026-10-08"


def test_an_extension_is_told_with_its_reason(sam: Inhabitant) -> None:
    proved()
    with after(20):
        assert desk.act(sam, "extend", months="2", reason="").status_code == 422
        assert desk.act(sam, "extend", months="3", reason="Many systems are searched.").status_code == 422
        desk.done(sam, "extend", months="2", reason="Many systems are searched.")
        assert desk.act(sam, "extend", months="1", reason="And once more, please.").status_code == 422
    assert due(20) == "2026-12-01"
    said = desk.letters("requests.extended")[0]["text"]
    assert "Many systems are searched." in said
    assert "1 Dec 2026" in said


def test_after_the_first_month_nothing_can_be_extended(sam: Inhabitant) -> None:
    proved()
    with after(31):
        assert desk.act(sam, "extend", months="1", reason="Many systems are searched.").status_code == 422
    assert desk.the_request().extra_months == 0


def test_staff_are_reminded_before_the_day_and_once_each_time(sam: Inhabitant) -> None:
    assert kinds()[reminding.NOTICE].required
    proved()
    told = []
    for days in range(0, 34):
        with after(days):
            reminding.remind()
            told.append(reminding.remind())
    assert sum(told) == 0
    notices = Notice.objects.filter(person=sam.person, kind=reminding.NOTICE).order_by("created_at")
    assert [(notice.created_at - START).days for notice in notices] == [23, 28, 31]
    assert "is late" in notices[2].words["subject"]


def test_while_the_clock_stands_nobody_is_reminded(sam: Inhabitant) -> None:
    with after(0):
        desk.asked()
    with after(90):
        assert reminding.remind() == 0


def test_a_late_request_is_flagged_and_stays_open(sam: Inhabitant) -> None:
    proved()
    with after(45):
        page = sam.client.get("/operator/requests/?show=late").content.decode()
        assert desk.the_request().reference in page
        assert "Late" in page
        assert "1 request is late" in page
        reminding.remind()
        assert desk.the_request().is_open
        assert evidence_for("PRIV-RIGHTS-CLOCK")[0].holds is False


def test_the_filters_of_the_queue_stand_in_its_address(sam: Inhabitant) -> None:
    desk.asked()
    desk.ask(right="complaint")
    complaint = RightsRequest.objects.get(right="complaint")
    page = sam.client.get("/operator/requests/?show=open&right=complaint").content.decode()
    assert complaint.reference in page
    assert RightsRequest.objects.get(right="access").reference not in page
    assert 'value="complaint" selected' in page
    assert sam.client.get("/operator/requests/?show=nonsense&right=x&mine=1").status_code == 200


def test_the_queue_shows_no_names_and_reading_a_request_is_recorded(sam: Inhabitant) -> None:
    request = desk.asked()
    assert b"Nia New" not in sam.client.get("/operator/requests/").content
    assert b"Nia New" in sam.client.get(f"/operator/requests/{request.id}/").content
    assert Entry.objects.filter(action="request.read", actor_id=sam.person.id).count() == 1


@pytest.mark.promise("PRIV-RETENTION")
def test_requests_and_their_keys_go_three_years_after_they_were_closed(sam: Inhabitant) -> None:
    request = proved()
    with after(100):
        desk.done(sam, "close", reason="They took the request back by telephone.")
    with after(100 + 365 * 3):
        sweep(pause=False)
        assert RightsRequest.objects.exists()
    with after(100 + 365 * 3 + 3):
        sweep(pause=False)
        orphans.sweep()
    assert not RightsRequest.objects.exists()
    with pytest.raises(KeyDestroyed):
        keyring.active_key(request.scope)
