"""A scene for the console: Rex asked two matches for money; both reported him, and nothing was done yet."""

from datetime import timedelta
from uuid import uuid4

from django.db import transaction

from allonce.kernel.accounts.models import Person, SignInSession
from allonce.kernel.clock import now
from allonce.kernel.messaging import Draft
from allonce.kernel.messaging.streams import append
from allonce.products.dating.models import Member, Report
from allonce.products.dating.services import matching, reporting
from allonce.products.dating.services.reporting import Given

LINES = ("You have such a kind face.", "My card was stopped on this trip. Could you send me £200? I will pay you back.")
WORDS = {
    "ada@dating.example": "On the second evening he wanted two hundred pounds, for a card that was stopped.",
    "kit@dating.example": "The same story as in the news: a stopped card, and could I help until Monday.",
}


@transaction.atomic
def load() -> None:
    """Make it once."""
    rex = _member("rex@dating.example")
    if rex is None or Report.objects.filter(about=rex).exists():
        return
    for number, (email, words) in enumerate(WORDS.items()):
        by = _member(email)
        if by is not None:
            _asked_for_money(rex, by, words, days_ago=2 - number)


def _asked_for_money(rex: Member, by: Member, words: str, *, days_ago: int) -> None:
    match = matching.match(rex, by)
    for line in LINES:
        marks = {"marks": ["money"]} if "£" in line else {}
        append(match.id, rex.seat, Draft(uuid4(), "text", {"text": line, **marks}))
    # As if signed in: whoever reports gets an answer.
    session = SignInSession(person=by.person)
    reporting.report(session, by, rex.id, Given("money", words, with_messages=True, block=True))
    Report.objects.filter(by=by, about=rex).update(at=now() - timedelta(days=days_ago))


def _member(email: str) -> Member | None:
    person = Person.objects.with_email(email)
    return Member.objects.select_related("person").filter(person=person).first() if person else None
