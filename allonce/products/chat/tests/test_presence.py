"""Who is there: desk and phone together, away by itself, hours, shifts, and what the button says."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import pytest

from allonce.kernel import jobs
from allonce.kernel.accounts.models import Membership
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.audit import SYSTEM
from allonce.kernel.clock import now, travel
from allonce.products.chat.hours import UnfitHours
from allonce.products.chat.models import Shift
from allonce.products.chat.queries.presence import SILENCE, crew_of, is_online
from allonce.products.chat.services import placing, presence, set_up
from allonce.products.chat.tests import scene
from allonce.products.chat.tests.scene import Merchant, Visitor

pytestmark = pytest.mark.django_db
# A Wednesday, in British Summer Time: ten in the morning in London is nine in UTC.
WEDNESDAY = datetime(2026, 6, 17, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _wednesday() -> Iterator[None]:
    with travel(WEDNESDAY):
        yield


def stands(fenwick: Merchant, name: str) -> str:
    agent = fenwick.agents[name].profile
    agent.refresh_from_db()
    return crew_of(fenwick.client).presence(agent)


def test_one_agent_online_makes_the_merchant_online(fenwick: Merchant) -> None:
    assert not is_online(fenwick.client)
    fenwick.agent("Ada")
    assert is_online(fenwick.client)


def test_somebody_who_only_takes_forwarded_chats_does_not_make_it_online(fenwick: Merchant) -> None:
    fenwick.agent("Finn", routing="forward_only")
    assert not is_online(fenwick.client)


def test_an_idle_desk_is_away_by_itself_and_back_when_used(fenwick: Merchant) -> None:
    ada = fenwick.agent("Ada")
    with travel(now() + timedelta(minutes=fenwick.client.away_minutes, seconds=1)):
        ada.post("presence", state="online", active=False)
        assert stands(fenwick, "Ada") == "away" and not is_online(fenwick.client)
        assert ada.post("presence", state="online", active=True).json()["presence"] == "online"
        assert is_online(fenwick.client)


def test_a_console_that_falls_silent_is_gone(fenwick: Merchant) -> None:
    fenwick.agent("Ada")
    with travel(now() + SILENCE - timedelta(seconds=1)):
        assert stands(fenwick, "Ada") == "online"
    with travel(now() + SILENCE):
        assert stands(fenwick, "Ada") == "offline"


def test_a_lost_connection_has_a_moment_to_come_back(fenwick: Merchant) -> None:
    ada = fenwick.agent("Ada")
    presence.console_changed(ada.profile.seat, online=False)
    assert stands(fenwick, "Ada") == "online"
    with travel(now() + timedelta(seconds=21)):
        assert stands(fenwick, "Ada") == "offline"
        presence.console_changed(ada.profile.seat, online=True)
        assert stands(fenwick, "Ada") == "online"


@pytest.mark.parametrize("state", ["away", "offline"])
def test_who_says_so_does_not_ring(fenwick: Merchant, state: str) -> None:
    ada = fenwick.agent("Ada")
    assert ada.post("presence", state=state).json()["presence"] == state
    assert not is_online(fenwick.client)
    assert scene.console(fenwick, "agent")[-1] == {"profile": str(ada.profile.id), "presence": state}


def test_the_phone_is_signed_in_for_a_chosen_time_with_the_page_closed(fenwick: Merchant) -> None:
    ben = fenwick.agent("Ben", online=False)
    answer = ben.post("presence", minutes=30).json()
    assert answer["presence"] == "online" and answer["until"].startswith("2026-06-17T09:30")
    with travel(now() + timedelta(minutes=29)):
        assert is_online(fenwick.client)
    with travel(now() + timedelta(minutes=30)):
        assert not is_online(fenwick.client)


def test_shortly_before_the_end_more_time_is_offered_once(fenwick: Merchant) -> None:
    ben = fenwick.agent("Ben", online=False)
    ben.post("presence", minutes=30)
    with travel(now() + timedelta(minutes=28)):
        jobs.run_due()
        [alert] = scene.console(fenwick, "alert")
        assert (alert["code"], alert["agent"]) == ("mobile_ending", str(ben.profile.id))
        assert ben.post("presence", extend=60).json()["until"].startswith("2026-06-17T10:30")
        jobs.run_due()
        assert len(scene.console(fenwick, "alert")) == 1


@pytest.mark.parametrize(
    "body", [{"minutes": 14}, {"minutes": 481}, {"extend": 0}, {"state": "asleep"}, {"minutes": "x"}, {"who": 1}]
)
def test_a_time_or_state_that_makes_no_sense_is_refused(fenwick: Merchant, body: dict[str, object]) -> None:
    ben = fenwick.agent("Ben", online=False)
    assert ben.post("presence", **body).status_code == 422
    assert not is_online(fenwick.client)


def test_signing_off_at_the_desk_signs_off_the_phone(fenwick: Merchant) -> None:
    ben = fenwick.agent("Ben")
    ben.post("presence", minutes=30)
    ben.post("presence", state="offline")
    assert stands(fenwick, "Ben") == "offline"


def test_hours_are_the_clients_own_time(fenwick: Merchant) -> None:
    week = {str(day): ["10:00", "11:00"] for day in range(5)}
    set_up.save_client(fenwick.client, {"hours": week, "zone": "Europe/London"}, actor=SYSTEM)
    fenwick.agent("Ada")
    assert is_online(fenwick.client), "nine in UTC is ten in London in June"
    set_up.save_client(fenwick.client, {"zone": "America/New_York"}, actor=SYSTEM)
    assert not is_online(fenwick.client)


def test_a_department_has_hours_of_its_own(fenwick: Merchant) -> None:
    early = placing.save_department(fenwick.client, None, "Service", {"2": ["07:00", "09:30"]}, actor=SYSTEM)
    fenwick.agent("Ada")
    assert is_online(fenwick.client)
    assert not is_online(fenwick.client, early)


def test_a_shift_ends_the_ringing_and_not_the_presence(fenwick: Merchant) -> None:
    ada = fenwick.agent("Ada")
    set_up.set_shifts(ada.profile, [Shift(weekday=2, starts=time(10), ends=time(10, 30))], actor=SYSTEM)
    assert is_online(fenwick.client)
    with travel(now() + timedelta(minutes=30)):
        ada.online()
        assert stands(fenwick, "Ada") == "online" and not is_online(fenwick.client)


@pytest.mark.parametrize(
    ("minutes", "works"), [(-1, False), (0, True), (239, True), (240, True), (479, True), (480, False)]
)
def test_a_shift_past_midnight_ends_on_the_next_morning(fenwick: Merchant, minutes: int, works: bool) -> None:
    """From Sunday 20:00 UTC, which is 21:00 in London in June, over the end of the week."""
    ada = fenwick.agent("Ada")
    set_up.set_shifts(ada.profile, [Shift(weekday=6, starts=time(21), ends=time(5))], actor=SYSTEM)
    sunday = now().replace(hour=20, minute=0, second=0, microsecond=0)
    sunday += timedelta(days=6 - sunday.weekday())
    with travel(sunday + timedelta(minutes=minutes)):
        assert crew_of(fenwick.client).on_shift(ada.profile) == works


def test_a_shift_without_length_is_refused(fenwick: Merchant) -> None:
    ada = fenwick.agent("Ada")
    with pytest.raises(set_up.Unfit):
        set_up.set_shifts(ada.profile, [Shift(weekday=2, starts=time(10), ends=time(10))], actor=SYSTEM)


def test_the_console_is_not_told_why_nothing_rings(fenwick: Merchant) -> None:
    """Her shift, a colleague's, and the hours of the business, each with the sign of life."""
    ada, ben = fenwick.agent("Ada"), fenwick.agent("Ben")
    assert {name: ada.post("presence", state="online").json()[name] for name in ("off_shift", "closed")} == {
        "off_shift": [],
        "closed": False,
    }
    set_up.set_shifts(ada.profile, [Shift(weekday=2, starts=time(11), ends=time(12))], actor=SYSTEM)
    assert ben.post("presence", state="online").json()["off_shift"] == [str(ada.profile.id)]
    early = placing.save_department(fenwick.client, None, "Service", {"2": ["07:00", "12:00"]}, actor=SYSTEM)
    set_up.save_client(fenwick.client, {"hours": {"2": ["11:00", "12:00"]}}, actor=SYSTEM)
    assert ben.post("presence", state="online").json()["closed"] is False, "one part for which he answers is open"
    placing.save_department(fenwick.client, early, "Service", {}, actor=SYSTEM)
    assert ben.post("presence", state="online").json()["closed"] is True


def test_an_agent_at_the_limit_does_not_make_the_merchant_online(fenwick: Merchant, visitor: Visitor) -> None:
    ada = fenwick.agent("Ada", limit=1)
    visitor.write()
    ada.post(f"conversations/{visitor.conversation_id}/accept")
    assert not is_online(fenwick.client)
    ada.post(f"conversations/{visitor.conversation_id}/close")
    assert is_online(fenwick.client)


@pytest.mark.parametrize(
    ("week", "zone"),
    [
        ({"0": ["09:00", "09:00"]}, "Europe/London"),
        ({"7": ["09:00", "17:00"]}, "Europe/London"),
        ({"0": ["nine", "five"]}, "Europe/London"),
        ({"0": ["09:00"]}, "Europe/London"),
        ({}, "Middle/Earth"),
        ({}, "../../etc/passwd"),
    ],
)
def test_hours_that_cannot_be_read_are_refused(fenwick: Merchant, week: dict[str, list[str]], zone: str) -> None:
    with pytest.raises(UnfitHours):
        set_up.save_client(fenwick.client, {"hours": week, "zone": zone}, actor=SYSTEM)


def test_an_agent_who_left_the_account_does_not_ring(fenwick: Merchant) -> None:
    ada = fenwick.agent("Ada")
    Membership.objects.filter(person=ada.person).update(role=Role.VIEWER)
    assert not is_online(fenwick.client)
