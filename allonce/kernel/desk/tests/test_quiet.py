"""SUPPORT-INCIDENT-CLOSE: proposed after a month, closed by a person, opened again by a recurrence."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.clock import add_months, travel
from allonce.kernel.desk.models import Ticket
from allonce.kernel.desk.services.closing import _month_before, quiet_incidents
from allonce.kernel.desk.tests.scene import asked, done, fresh, letters, own

pytestmark = [pytest.mark.django_db, pytest.mark.promise("SUPPORT-INCIDENT-CLOSE")]
REPORTED = datetime(2026, 1, 31, 10, 0, tzinfo=UTC)
# A month from 31 January ends on 28 February.
PROPOSED = datetime(2026, 2, 28, 10, 0, tzinfo=UTC)


def incident(sam: Inhabitant) -> Ticket:
    with travel(REPORTED):
        ticket = asked()
        done(sam, ticket, "sort", kind="incident", priority="normal")
        done(sam, ticket, "not-reproduced")
    return ticket


def test_an_incident_is_proposed_too_early_or_never(sam: Inhabitant) -> None:
    ticket = incident(sam)
    with travel(PROPOSED - timedelta(days=1)):
        assert not quiet_incidents().exists()
    with travel(PROPOSED + timedelta(minutes=1)):
        assert list(quiet_incidents()) == [ticket]
        assert "1 incident did not come back" in sam.client.get("/operator/desk/").content.decode()


def test_an_incident_closes_itself_or_its_sender_is_not_told(sam: Inhabitant) -> None:
    from allonce.kernel import jobs

    ticket = incident(sam)
    with travel(PROPOSED + timedelta(days=3)):
        jobs.run_due()
        assert not fresh(ticket).is_closed, "a machine closed it"
        assert sam.client.post("/operator/desk/quiet/", {"ticket": str(ticket.id)}).status_code == 302
    assert (fresh(ticket).state, fresh(ticket).closed_by) == ("closed", sam.person.id)
    assert len(letters("desk.closed")) == 1


def test_a_recurrence_does_not_open_it_again(sam: Inhabitant) -> None:
    ticket = incident(sam)
    with travel(PROPOSED + timedelta(days=3)):
        sam.client.post("/operator/desk/quiet/", {"ticket": str(ticket.id)})
        Client().post(f"{own(ticket)}write/", {"words": "It is back."})
        assert fresh(ticket).state == "open"
        assert not quiet_incidents().exists(), "it was reported just now"


def test_one_that_was_reproduced_or_is_no_incident_is_closed(sam: Inhabitant) -> None:
    with travel(REPORTED):
        question, other = asked(), asked(email="ben@post.example")
        done(sam, other, "sort", kind="incident", priority="normal")
    with travel(PROPOSED + timedelta(days=30)):
        form = {"ticket": [str(question.id), str(other.id), "nonsense"]}
        sam.client.post("/operator/desk/quiet/", form)
    assert not fresh(question).is_closed
    assert not fresh(other).is_closed


@given(reported=st.dates(date(2020, 1, 1), date(2032, 1, 1)), after=st.integers(0, 62))
def test_a_month_is_counted_otherwise_than_by_the_calendar(reported: date, after: int) -> None:
    today = reported + timedelta(days=after)
    assert (reported <= _month_before(today)) is (add_months(reported, 1) <= today)
