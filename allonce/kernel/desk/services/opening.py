"""A ticket begins: by mail, by form, in the portal, or written down from a call. All ways make the same kind."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.http import HttpRequest

from allonce.kernel import vault
from allonce.kernel.accounts import throttle
from allonce.kernel.accounts.models import Account, Person, SignInSession
from allonce.kernel.accounts.services.people import one_line
from allonce.kernel.accounts.services.sign_in import client_address
from allonce.kernel.audit import SYSTEM, Actor
from allonce.kernel.clock import now
from allonce.kernel.desk import letters, telling
from allonce.kernel.desk.models import Line, Ticket
from allonce.kernel.desk.services import common
from allonce.kernel.desk.services.filing import NOTHING, Carried, keep
from allonce.kernel.errors import UserError

PER_EMAIL = (10, timedelta(hours=1))
PER_ADDRESS = (20, timedelta(hours=1))
FIRST_NUMBER = 1001
TRIES = 20


class NoNumber(UserError):
    """Too many tickets began in the same moment."""

    code = "no_number"
    status = 503


@dataclass(frozen=True)
class Opened:
    """What somebody asks. `carried` are files, already judged, and what a mail says of itself."""

    channel: str
    name: str = field(repr=False)
    email: str = field(repr=False)
    subject: str = field(repr=False)
    words: str = field(repr=False)
    kind: str = Ticket.Kind.QUESTION
    priority: str = Ticket.Priority.NORMAL
    person: Person | None = None
    account: Account | None = None
    carried: Carried = NOTHING


def ask(request: HttpRequest, opened: Opened) -> Ticket:
    """Take a question from anybody's form. Raises TooMany."""
    throttle.hit("desk-address", client_address(request), *PER_ADDRESS)
    throttle.hit("desk-email", opened.email, *PER_EMAIL)
    return open_ticket(opened, SYSTEM)


def open_ticket(opened: Opened, actor: Actor) -> Ticket:
    """A new ticket with its first word, its receipt, and word to the staff. Audited."""
    for _try in range(TRIES):
        try:
            with transaction.atomic():
                return _open(opened, actor)
        except IntegrityError:  # the same number, taken in the same moment
            continue
    raise NoNumber


def _open(opened: Opened, actor: Actor) -> Ticket:
    last = Ticket.objects.aggregate(last=Max("number"))["last"] or FIRST_NUMBER - 1
    ticket = Ticket(
        number=last + 1,
        kind=opened.kind,
        channel=opened.channel,
        priority=opened.priority,
        subject=one_line(opened.subject),
        name=one_line(opened.name),
        email=opened.email.strip(),
        person=opened.person,
        account=opened.account,
        opened_at=now(),
        reported_at=now(),
    )
    common.await_answer(ticket)
    vault.create_key(ticket.scope)
    ticket.save(force_insert=True)
    line = common.add(ticket, Line.Kind.WORD, actor, opened.words, **opened.carried.of_mail)
    keep(line, opened.carried.files)
    letters.send_receipt(ticket)
    telling.tell_staff(ticket)
    return ticket


def ask_signed_in(session: SignInSession, opened: Opened) -> Ticket:
    """Take a question in the portal. Raises TooMany."""
    throttle.hit("desk-person", str(session.person_id), *PER_EMAIL)
    return open_ticket(opened, Actor("person", session.person_id, session.id))
