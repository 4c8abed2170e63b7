"""Contents go with their rows and their keys; a person's copy has what they sent."""

from datetime import timedelta

import pytest

from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.clock import now, travel
from allonce.kernel.desk import askers
from allonce.kernel.desk.models import RawMail, Ticket
from allonce.kernel.desk.services import closing
from allonce.kernel.desk.tests.scene import answer, arrives, asked, done, fresh, latest
from allonce.kernel.vault import Scope, files

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "keys"])]


def with_file(who: Inhabitant, name: str = "plan.pdf") -> Ticket:
    """A mail of theirs with a file, as a ticket."""
    from email.message import EmailMessage

    made = EmailMessage()
    made["From"], made["Subject"], made["Message-ID"] = who.person.email, "Plan", "<plan@post.example>"
    made.set_content("See the plan.")
    made.add_attachment(b"%PDF-1.4 plan", maintype="application", subtype="pdf", filename=name)
    arrives(made.as_bytes())
    return latest()


def test_an_erasure_leaves_files_or_mails_behind(olivia: Inhabitant) -> None:
    ticket = with_file(olivia)
    raw, scope = RawMail.objects.get(), ticket.scope
    assert files.has_files(scope) and files.has_files(Scope("person", raw.id))
    for row in (*(askers.rows_of_asker(RawMail, Scope("person", olivia.person.id)) or ()), ticket):
        row.delete()
    assert not files.has_files(scope)
    assert not files.has_files(Scope("person", raw.id))


def test_an_old_mail_outlives_its_thirty_days(olivia: Inhabitant) -> None:
    from allonce.kernel.privacy.retention import sweeping

    with travel(now() - timedelta(days=31)):
        with_file(olivia)
        raw = RawMail.objects.get()
    sweeping.sweep(pause=False)
    assert not RawMail.objects.exists()
    assert not files.has_files(Scope("person", raw.id))
    assert Ticket.objects.exists(), "the ticket itself has years"


def test_what_a_person_sent_is_not_in_their_copy(olivia: Inhabitant, sam: Inhabitant) -> None:
    with_file(olivia)
    found = list(askers.own_files(olivia.person.id))
    assert [each.name.partition("-")[2] for each in found] == ["plan.pdf"]
    assert found[0].read() == b"%PDF-1.4 plan"
    assert list(askers.own_files(sam.person.id)) == []


def test_a_solved_ticket_never_ends_or_ends_too_soon(sam: Inhabitant) -> None:
    ticket = asked()
    answer(sam, ticket, after="solved")
    with travel(now() + timedelta(days=13)):
        assert closing.close_solved() == 0
    with travel(now() + timedelta(days=15)):
        assert closing.close_solved() == 1
    assert (fresh(ticket).state, fresh(ticket).closed_by) == ("closed", None)
    done(sam, ticket, "reopen")
    assert fresh(ticket).state == "open"
