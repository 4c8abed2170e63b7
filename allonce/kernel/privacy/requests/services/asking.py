"""A request arrives: by form, from somebody signed in, or written down by staff from a call, a mail or a letter."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from allonce.kernel import vault
from allonce.kernel.accounts import throttle
from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.accounts.even_time import in_even_time
from allonce.kernel.accounts.models import SignInSession
from allonce.kernel.accounts.services.people import one_line
from allonce.kernel.accounts.services.sign_in import client_address
from allonce.kernel.audit import SYSTEM, Actor
from allonce.kernel.clock import now, today
from allonce.kernel.errors import UserError
from allonce.kernel.privacy.requests import letters
from allonce.kernel.privacy.requests.models import Pause, RightsRequest, Step
from allonce.kernel.privacy.requests.models.asked import WITHOUT_IDENTITY
from allonce.kernel.privacy.requests.references import new_reference
from allonce.kernel.privacy.requests.services import common, identity
from allonce.kernel.vault import shared_index

PER_EMAIL = (5, timedelta(hours=1))
PER_ADDRESS = (20, timedelta(hours=1))


class NotYetArrived(UserError):
    """A request cannot have come in the future."""

    code = "not_yet_arrived"


@dataclass(frozen=True)
class Asked:
    """What a request says. `received_on` is the day on which it reached us, by whatever channel."""

    right: str
    name: str
    email: str
    words: str
    about: str = ""
    channel: str = RightsRequest.Channel.FORM
    received_on: date | None = None


def ask(request: HttpRequest, asked: Asked) -> None:
    """Take a request from anybody. Answers alike, in the same time, whether or not the address is known here."""
    throttle.hit("rights-address", client_address(request), *PER_ADDRESS)
    throttle.hit("rights-email", asked.email, *PER_EMAIL)
    with in_even_time():
        receive(asked, SYSTEM)


@transaction.atomic
def ask_signed_in(session: SignInSession, asked: Asked) -> RightsRequest:
    """Take a request from somebody who is signed in, which proves who they are."""
    throttle.hit("rights-person", str(session.person_id), *PER_EMAIL)
    actor = Actor("person", session.person_id, session.id)
    request = receive(asked, actor)
    if not request.is_proved and request.identity != RightsRequest.Identity.DOUBTED:
        identity.prove(request, RightsRequest.Identity.SIGNED_IN, session.person, actor)
    return request


def write_down(staff: StaffAccess, asked: Asked) -> RightsRequest:
    """Take a request that came by telephone, email or post; its month began on the day it came."""
    if asked.received_on is not None and asked.received_on > today():
        message = _("Choose today or an earlier day: the month runs from the day it arrived.")
        raise NotYetArrived(message, fields={"received_on": message})
    return receive(asked, staff.actor)


@transaction.atomic
def receive(asked: Asked, actor: Actor) -> RightsRequest:
    """A new request, or one more word to the open request of the same address for the same right."""
    known = _open_one(asked)
    if known is None:
        try:
            with transaction.atomic():
                return _new(asked, actor)
        except IntegrityError:  # the same form was sent twice at once
            known = _open_one(asked)
            if known is None:
                raise
    common.note(known, Step.Kind.REPEATED, actor, asked.words)
    letters.send_repeated(known)
    return known


def _open_one(asked: Asked) -> RightsRequest | None:
    index = shared_index("address", asked.email)
    return RightsRequest.objects.filter(email_index=index, right=asked.right, state="open").first()


def _new(asked: Asked, actor: Actor) -> RightsRequest:
    received = asked.received_on or today()
    request = RightsRequest(
        reference=new_reference(),
        right=asked.right,
        channel=asked.channel,
        name=one_line(asked.name),
        email=asked.email.strip(),
        words=asked.words.strip(),
        about=asked.about.strip(),
        received_on=received,
        acknowledged_at=now(),
    )
    vault.create_key(request.scope)
    request.save(force_insert=True)
    if asked.right not in WITHOUT_IDENTITY and actor.kind != "person":
        Pause.objects.create(request=request, why=Pause.Why.IDENTITY, start=today())
    letters.send_receipt(request)
    common.note(request, Step.Kind.RECEIVED, actor)
    return request
