"""SUPPORT-DISPUTE: a case number at once, seven working days, access for the case alone, mediation where none agree."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from allonce.kernel.accounts.models import StaffLook
from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.clock import now, travel
from allonce.kernel.desk.models import Dispute, Ticket
from allonce.kernel.desk.tests.scene import act, done, fresh, latest, letters

pytestmark = [pytest.mark.django_db, pytest.mark.promise("SUPPORT-DISPUTE")]
# The Thursday before Easter: Good Friday and Easter Monday are no working days.
MAUNDY = datetime(2026, 4, 2, 12, 0, tzinfo=UTC)


def send(who: Inhabitant, happened_on: date, **more: str) -> Any:
    about = {"subject": "Lost quotes", "words": "Forty of them.", "happened_on": happened_on.isoformat()}
    return who.client.post("/account/dispute/", about | more)


def raised(who: Inhabitant, days_ago: int = 3, **more: str) -> Ticket:
    assert send(who, now().date() - timedelta(days=days_ago), **more).status_code == 302
    return latest()


def test_a_dispute_gets_no_number_or_a_wrong_day(olivia: Inhabitant) -> None:
    with travel(MAUNDY):
        ticket = raised(olivia)
    dispute = Dispute.objects.get()
    assert dispute.due_on == date(2026, 4, 15)
    [letter] = letters("desk.dispute")
    assert f"case number {ticket.reference}" in letter["text"]
    assert "by 15 Apr 2026" in letter["text"]
    assert not dispute.late


@pytest.mark.parametrize(("days_ago", "late"), [(14, False), (15, True)])
def test_day_fourteen_is_counted_wrongly(olivia: Inhabitant, days_ago: int, late: bool) -> None:
    with travel(MAUNDY):
        raised(olivia, days_ago)
    assert Dispute.objects.get().late is late


def test_a_late_dispute_is_refused_or_taken_by_a_machine(olivia: Inhabitant, sam: Inhabitant) -> None:
    with travel(MAUNDY):
        ticket = raised(olivia, 40)
        assert Dispute.objects.get().waits_to_be_taken
        assert act(sam, ticket, "decide", outcome="refund", reasons="Yes.").status_code == 422
    with travel(MAUNDY + timedelta(days=5)):
        done(sam, ticket, "take-case")
        assert Dispute.objects.get().due_on == date(2026, 4, 16)
    assert not Dispute.objects.get().waits_to_be_taken


def test_staff_look_without_being_allowed_or_after_the_case(olivia: Inhabitant, sam: Inhabitant) -> None:
    ticket = raised(olivia)
    assert act(sam, ticket, "look").status_code == 404
    ticket = raised(olivia, access="on")
    done(sam, ticket, "look")
    look = StaffLook.objects.get(account=olivia.account)
    assert look.ended_at is None and look.until <= now() + timedelta(hours=1)
    assert ticket.reference in olivia.client.get("/account/activity/").content.decode(), "the account does not see it"
    done(sam, ticket, "decide", outcome="credit", reasons="We lost them.")
    look.refresh_from_db()
    assert look.ended_at is not None
    assert act(sam, ticket, "look").status_code == 404


def test_an_outcome_is_not_told_with_its_reasons(olivia: Inhabitant, sam: Inhabitant) -> None:
    ticket = raised(olivia)
    assert act(sam, ticket, "decide", outcome="refund", reasons="").status_code == 422
    done(sam, ticket, "decide", outcome="refund", reasons="We lost them.")
    [letter] = letters("desk.outcome")
    assert "A refund" in letter["text"] and "We lost them." in letter["text"]
    assert "mediator" not in letter["text"]
    assert (fresh(ticket).state, Dispute.objects.get().outcome) == ("closed", "refund")


def test_where_nobody_agrees_mediation_is_not_named(olivia: Inhabitant, sam: Inhabitant) -> None:
    ticket = raised(olivia)
    done(sam, ticket, "decide", outcome="none", reasons="We could not agree.")
    assert "mediator" in letters("desk.outcome")[0]["text"]


def test_somebody_who_does_not_answer_for_the_account_raises_one(olivia: Inhabitant) -> None:
    from allonce.kernel.accounts.models.organisations import Role

    office = people.colleague(olivia, Role.OFFICE)
    assert send(office, now().date()).status_code == 404
    assert send(olivia, now().date() + timedelta(days=1)).status_code == 422
    assert not Ticket.objects.exists()
