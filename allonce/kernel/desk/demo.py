"""A desk with its week: a question to answer, one that is solved, an incident that went quiet, a dispute, answers."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from allonce.kernel.accounts.access import AccountAccess, StaffAccess
from allonce.kernel.accounts.models import Account, Membership
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.audit import SYSTEM, Actor
from allonce.kernel.clock import now, today, travel
from allonce.kernel.desk.models import Article, Ticket
from allonce.kernel.desk.services import answering, closing, disputes, knowledge, opening, speaking
from allonce.kernel.desk.services.answering import Answer
from allonce.kernel.desk.services.disputes import Raised
from allonce.kernel.desk.services.opening import Opened

SHOP_EMAIL = "hello@harbourblinds.example"
ANSWERS = {
    "Why does my phone say that the catalogue is stale?": (
        "It has not been able to fetch the newest catalogue for a while. Quotes still work, at the prices it has.\n\n"
        "- Open Mobile where there is network and press **Sync**.\n"
        "- If it says that the device was unregistered, ask the owner of the account to approve it again."
    ),
    "How do I import a supplier's price sheet?": (
        "In Setup choose **Import**, then the file, or paste the cells.\n\n"
        "Doubtful cells are marked. Nothing is taken over before you say so, and the whole import can be taken back."
    ),
    "A customer did not get their quote. What now?": (
        "Setup shows under **Sent** where each mail is: accepted, delivered, or returned with the reason.\n\n"
        "Correct the address on the phone and post again: the same job never goes out twice to the same address."
    ),
}

REPLIES = {
    "Which phone?": (
        "Hello {name},\n\nwhich User's phone is it, and what does Mobile say under Settings, Catalogue?",
        "waiting",
    ),
    "Solved, thank you": ("Hello {name},\n\ngood to hear that {number} is solved.", "solved"),
}


def load() -> None:
    """Fill the desk where it is empty; a second call changes nothing."""
    staff, shop = _staff(), _shop()
    if staff is None or Ticket.objects.exists() or Article.objects.exists():
        return
    for title, text in ANSWERS.items():
        knowledge.save(staff, None, title=title, text=text, published=True)
    for title, (text, after) in REPLIES.items():
        knowledge.save_reply(staff, None, title=title, text=text, after=after)
    _one_that_went_quiet(staff)
    if shop is not None:
        _one_that_is_solved(staff, shop)
        _a_dispute(shop)
    _one_to_answer()


def _one_that_went_quiet(staff: StaffAccess) -> None:
    said = "Twice last week the screen stayed white for a minute after I had signed in. Today it is fine."
    with _days_ago(41):
        ticket = _opened("phone", "Ruth Penrose", "ruth.penrose@post.example", "White screen after signing in", said)
        answering.sort(staff, ticket.id, Ticket.Kind.INCIDENT, Ticket.Priority.LOW)
    with _days_ago(40):
        answering.note(staff, ticket.id, "Tried with the same browser on two machines: nothing. No error in the log.")
        closing.not_reproduced(staff, ticket.id)
    with _days_ago(39.9):
        words = "We could not make it happen here. Tell us at once if it comes back, with the time it happened."
        answering.answer(staff, ticket.id, Answer(words, _revision(ticket), minutes=25))


def _one_that_is_solved(staff: StaffAccess, shop: AccountAccess) -> None:
    said = "The new roller prices are published, but JB's phone still shows the old ones."
    with _days_ago(3):
        about = (shop.person.name, shop.person.email, "Old prices on one phone", said)
        opened = Opened("portal", *about, person=shop.person, account=shop.account)
        ticket = opening.open_ticket(opened, shop.actor)
    with _days_ago(2.9):
        words = "JB's phone was last in touch on Friday. With network, press Sync in Mobile."
        answering.answer(staff, ticket.id, Answer(words, _revision(ticket), minutes=12))
    with _days_ago(2.8):
        speaking.write(ticket.id, "That was it, thank you.", shop.actor)
    with _days_ago(2.79):
        answering.answer(staff, ticket.id, Answer("Good to hear.", _revision(ticket), after="solved", minutes=1))
    with _days_ago(2.5):
        speaking.rate(ticket.id, 5, "", shop.actor)


def _a_dispute(shop: AccountAccess) -> None:
    said = "We were charged for two users in October although one had left in September. Please put that right."
    with _days_ago(1):
        disputes.raise_dispute(shop, Raised("Charged for a user who had left", said, today() - timedelta(days=6), True))


def _one_to_answer() -> None:
    said = "Can the quote show our second phone number, too? I did not find where to set it."
    with _days_ago(0.1):
        _opened("form", "Tom Pascoe", "tom.pascoe@post.example", "Second phone number on quotes", said)


def _opened(channel: str, *said: str) -> Ticket:
    name, email, subject, words = said
    return opening.open_ticket(Opened(channel, name, email, subject, words), SYSTEM)


def _revision(ticket: Ticket) -> int:
    return Ticket.objects.values_list("revision", flat=True).get(pk=ticket.pk)


@contextmanager
def _days_ago(days: float) -> Iterator[None]:
    with travel(now() - timedelta(days=days)):
        yield


def _staff() -> StaffAccess | None:
    operators = Membership.objects.filter(account__kind=Account.Kind.OPERATOR, role=Role.OWNER)
    found = operators.select_related("account", "person").first()
    return StaffAccess(found.account, found.person, Role.OWNER, Actor("staff", found.person_id)) if found else None


def _shop() -> AccountAccess | None:
    account = Account.objects.with_email(SHOP_EMAIL)
    found = Membership.objects.filter(account=account, role=Role.OWNER).select_related("account", "person").first()
    return AccountAccess(found.account, found.person, Role.OWNER, Actor("person", found.person_id)) if found else None
