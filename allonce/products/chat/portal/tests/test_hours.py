"""Weekly hours of agents and departments: filled in, said in words, and mended beside the field."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.tests import people
from allonce.kernel.audit import SYSTEM
from allonce.products.chat.hours import business_hours
from allonce.products.chat.leads.tests.scene import Dealer, dealer
from allonce.products.chat.models import Department, Shift
from allonce.products.chat.portal import weeks
from allonce.products.chat.portal.tests.test_pages import get, post
from allonce.products.chat.portal.weeks import Span
from allonce.products.chat.services import placing

pytestmark = [pytest.mark.django_db, pytest.mark.promise("CHAT-PORTAL")]
MORNING, AFTERNOON = Span(time(9), time(12, 30)), Span(time(13), time(17, 30))
WORKS = {"opens_0": "09:00", "closes_0": "12:30", "opens1_0": "13:00", "closes1_0": "17:30"}


def shifts_of(fenwick: Dealer) -> list[tuple[int, time, time]]:
    return list(Shift.objects.filter(agent=fenwick.agent).values_list("weekday", "starts", "ends"))


def test_an_agents_week_is_kept_with_its_breaks_and_shown(fenwick: Dealer) -> None:
    assert "it rings whenever they are online" in get(fenwick, "agent_hours", fenwick.agent.id)
    assert post(fenwick, "agent_hours", fenwick.agent.id, **WORKS).status_code == 302
    assert shifts_of(fenwick) == [(0, *MORNING), (0, *AFTERNOON)]
    for name, args in (("agents", ()), ("agent", (fenwick.agent.id,))):
        assert "Mon 09:00 to 12:30 and 13:00 to 17:30" in get(fenwick, name, *args)
    shown = get(fenwick, "agent_hours", fenwick.agent.id)
    assert 'value="13:00"' in shown and shown.count('class="week-bar"') == 2


def test_a_night_goes_past_midnight_into_the_picture_of_the_next_day(fenwick: Dealer) -> None:
    night = {"opens_6": "22:00", "closes_6": "06:00"}
    assert post(fenwick, "agent_hours", fenwick.agent.id, **night).status_code == 302
    assert shifts_of(fenwick) == [(6, time(22), time(6))]
    assert "Sun 22:00 to 06:00" in get(fenwick, "agent", fenwick.agent.id)
    drawn = dict(enumerate(bars for _name, bars in weeks.picture(weeks.week_of_shifts(Shift.objects.all()))))
    assert drawn == {day: [] for day in range(7)} | {0: [(0, 360)], 6: [(1320, 120)]}


def test_a_department_is_open_past_midnight_until_the_next_morning(fenwick: Dealer) -> None:
    placing.save_department(fenwick.client, None, "Service", {}, actor=SYSTEM)
    found = Department.objects.get()
    assert post(fenwick, "department_hours", found.id, opens_5="22:00", closes_5="02:00").status_code == 302
    found.refresh_from_db()
    opening = business_hours(found.hours, "Europe/London")
    assert opening
    night = [datetime(2026, 2, day, hour, tzinfo=ZoneInfo("Europe/London")) for day, hour in ((7, 23), (8, 1), (8, 3))]
    assert [opening.is_open(each) for each in night] == [True, True, False]


def test_a_night_that_runs_into_the_next_day_is_refused_beside_its_field(fenwick: Dealer) -> None:
    placing.save_department(fenwick.client, None, "Service", {}, actor=SYSTEM)
    week = {"opens_5": "22:00", "closes_5": "10:00", "opens_6": "09:00", "closes_6": "12:00"}
    answer = post(fenwick, "department_hours", Department.objects.get().id, **week)
    assert answer.status_code == 422
    assert "End before the next day begins." in answer.content.decode()


def test_an_empty_week_is_always(fenwick: Dealer) -> None:
    post(fenwick, "agent_hours", fenwick.agent.id, **WORKS)
    assert post(fenwick, "agent_hours", fenwick.agent.id).status_code == 302
    assert shifts_of(fenwick) == []
    assert "Whenever online" in get(fenwick, "agents")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"closes_0": ""}, "Give both times, or neither."),
        ({"closes_0": "09:00"}, "another time than the one it begins at"),
        ({"closes_0": "08:00"}, "after the first time has ended"),
        ({"opens1_0": "12:00"}, "after the first time has ended"),
        ({"opens_0": "", "closes_0": ""}, "first times of this day first"),
        ({"opens_0": "nine"}, "Enter a valid time"),
    ],
)
def test_a_fault_stands_beside_its_field_and_nothing_typed_is_lost(
    fenwick: Dealer, changed: dict[str, str], said: str
) -> None:
    answer = post(fenwick, "agent_hours", fenwick.agent.id, **WORKS | changed)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert shown.count('class="field-error"') == 1
    assert said in shown and 'value="17:30"' in shown
    assert shifts_of(fenwick) == []


def test_a_department_keeps_hours_of_its_own_or_those_of_the_business(fenwick: Dealer) -> None:
    placing.save_department(fenwick.client, None, "Service", {}, actor=SYSTEM)
    service = Department.objects.get(title="Service")
    assert "Open as the business is" in get(fenwick, "agents")
    assert "opens1_0" not in get(fenwick, "department_hours", service.id)
    given = {"opens_5": "10:00", "closes_5": "14:00"}
    assert post(fenwick, "department_hours", service.id, **given | {"closes_5": "10:00"}).status_code == 422
    assert post(fenwick, "department_hours", service.id, **given).status_code == 302
    service.refresh_from_db()
    assert service.hours == {"5": ["10:00", "14:00"]}
    assert "Sat 10:00 to 14:00" in get(fenwick, "agents")
    assert post(fenwick, "department", service.id, title="Workshop").status_code == 302
    service.refresh_from_db()
    assert (service.title, service.hours) == ("Workshop", {"5": ["10:00", "14:00"]})


@pytest.mark.parametrize("role", [Role.VIEWER, Role.AGENT])
def test_only_who_runs_the_account_sets_hours(fenwick: Dealer, role: Role) -> None:
    other = people.colleague(fenwick.who, role, "col@fenwick.example")
    address = f"/chat/agents/{fenwick.agent.id}/hours/"
    assert other.client.get(address).status_code == 404
    assert other.client.post(address, WORKS).status_code == 404
    assert shifts_of(fenwick) == []


def test_another_client_finds_no_hours(fenwick: Dealer) -> None:
    placing.save_department(fenwick.client, None, "Service", {}, actor=SYSTEM)
    rival = dealer("Harbour Motors", "Hal Harbour")
    for address in (
        f"/chat/agents/{fenwick.agent.id}/hours/",
        f"/chat/departments/{Department.objects.get().id}/hours/",
    ):
        assert rival.who.client.get(address).status_code == 404
        assert rival.who.client.post(address, WORKS).status_code == 404
    assert shifts_of(fenwick) == [] and Department.objects.get().hours == {}


def test_a_week_is_said_in_runs_of_days() -> None:
    week = {day: [Span(time(9), time(17, 30))] for day in range(5)} | {6: [MORNING]}
    assert weeks.in_words(week) == "Mon to Fri 09:00 to 17:30, Sun 09:00 to 12:30"
    assert weeks.in_words({}) == ""
    assert weeks.week_of(weeks.stored(week)) == week
