"""SUPPORT-CHANNELS: mail, form and portal open the same kind of ticket; clocks run in the desk's hours alone."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.clock import travel
from allonce.kernel.desk.hours import HOURS, due_at
from allonce.kernel.desk.models import Ticket
from allonce.kernel.desk.tests.conftest import TUESDAY
from allonce.kernel.desk.tests.scene import NIA, answer, arrives, ask, asked, fresh, latest, letters, mail, own, said_on

pytestmark = [pytest.mark.django_db, pytest.mark.promise("SUPPORT-CHANNELS")]
FRIDAY_EVENING = datetime(2026, 4, 2, 17, 30, tzinfo=UTC)  # the Thursday before Good Friday, after hours


def test_the_three_ways_do_not_open_the_same_kind_of_ticket(olivia: Inhabitant, tuesday: datetime) -> None:
    asked()
    arrives(mail("By mail."))
    olivia.client.post("/me/support/new/", {"subject": "In the portal", "words": "Hello."})
    found = list(Ticket.objects.order_by("number"))
    assert [each.channel for each in found] == ["form", "mail", "portal"]
    assert {each.answer_due_at for each in found} == {due_at("normal", TUESDAY)}
    told = sorted(letter["subject"].split()[-1] for letter in letters("desk.receipt"))
    assert told == [f"[{each.reference}]" for each in found]


@pytest.mark.parametrize(
    ("asked_at", "due"),
    [
        (TUESDAY, datetime(2026, 2, 11, 11, 0, tzinfo=UTC)),
        (datetime(2026, 2, 14, 3, 0, tzinfo=UTC), datetime(2026, 2, 16, 17, 0, tzinfo=UTC)),
        # Good Friday and Easter Monday lie between; summer time began on 29 March.
        (FRIDAY_EVENING, datetime(2026, 4, 7, 16, 0, tzinfo=UTC)),
    ],
)
def test_the_clock_runs_while_the_desk_is_closed(asked_at: datetime, due: datetime, db: None) -> None:
    with travel(asked_at):
        assert asked().answer_due_at == due


def test_the_front_does_not_say_when_the_desk_opens(db: None) -> None:
    with travel(FRIDAY_EVENING):
        assert HOURS.opens_next(FRIDAY_EVENING) == datetime(2026, 4, 7, 8, 0, tzinfo=UTC)
        page = Client().get("/support/").content.decode()
    assert "It opens on Tuesday 7 April at 09:00" in page
    with travel(TUESDAY):
        assert "The desk is there now" in Client().get("/support/").content.decode()


def test_it_costs_something_or_needs_an_account(db: None) -> None:
    assert ask().status_code == 302
    assert letters("desk.receipt")[0]["to"] == NIA


def test_an_answer_does_not_stop_the_clock_and_a_word_does_not_start_it(sam: Inhabitant) -> None:
    with travel(TUESDAY):
        ticket = asked()
    with travel(TUESDAY + timedelta(minutes=5)):
        assert answer(sam, ticket).status_code == 302
        assert fresh(ticket).answer_due_at is None
    with travel(later := TUESDAY + timedelta(hours=1)):
        Client().post(f"{own(ticket)}write/", {"words": "Still crooked."})
    assert fresh(ticket).answer_due_at == due_at("normal", later)
    assert said_on(ticket) == [
        ("word", "All of them, since Monday."),
        ("answer", "We are on it."),
        ("word", "Still crooked."),
    ]


def test_a_more_urgent_ticket_does_not_fall_due_sooner(sam: Inhabitant, tuesday: datetime) -> None:
    ticket = asked()
    sam.client.post(f"/operator/desk/{ticket.id}/do/sort/", {"kind": "incident", "priority": "urgent"})
    assert fresh(ticket).answer_due_at == due_at("urgent", TUESDAY)
    assert fresh(ticket).kind == "incident"


def test_a_call_is_not_written_down_as_a_ticket(sam: Inhabitant, db: None) -> None:
    about = {"name": "Nia New", "email": NIA, "subject": "Called", "words": "Cannot print.", "kind": "incident"}
    assert sam.client.post("/operator/desk/new/", about | {"priority": "high"}).status_code == 302
    assert (latest().channel, latest().kind, latest().priority) == ("phone", "incident", "high")


def test_staff_are_not_told_of_a_ticket(sam: Inhabitant) -> None:
    asked()
    page = sam.client.get("/me/notices/").content.decode()
    assert "T-1001 has come" in page
    assert "crooked" not in page
    assert all("crooked" not in letter["text"] for letter in letters("desk.new"))


def test_the_link_in_the_receipt_leads_nowhere_or_to_anybody(db: None) -> None:
    asked()
    found = re.search(r"http://localhost:8800(/support/ticket/\S+)", letters("desk.receipt")[0]["text"])
    assert found
    page = Client().get(found[1])
    assert page.status_code == 200 and "<h1" in page.content.decode()
    assert "Blinds are crooked" in page.content.decode()
    assert Client().get(f"{found[1][:-3]}x/").status_code == 404


def test_too_many_questions_are_taken_from_one_address(db: None) -> None:
    statuses = [ask().status_code for _each in range(11)]
    assert statuses[:10] == [302] * 10
    assert statuses[10] == 429


def test_a_question_without_words_makes_a_ticket(db: None) -> None:
    assert ask(words="").status_code == 422
    assert not Ticket.objects.exists()
