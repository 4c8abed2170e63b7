"""Joining the newsletter without an account: asked in a form, answered from the mailbox."""

from datetime import timedelta
from uuid import UUID

from django.core import signing
from django.db import transaction
from django.http import HttpRequest

from allonce.kernel.accounts import throttle
from allonce.kernel.accounts.even_time import in_even_time
from allonce.kernel.accounts.services.sign_in import client_address
from allonce.kernel.accounts.services.tokens import LinkNotValid
from allonce.kernel.audit import SYSTEM
from allonce.kernel.clock import now
from allonce.kernel.legal.marketing import letters
from allonce.kernel.legal.marketing.models import Channel, OptInRequest
from allonce.kernel.legal.marketing.purposes import ALL, purpose_of
from allonce.kernel.legal.marketing.services import contacts, preferences
from allonce.kernel.legal.marketing.services.preferences import Said

SALT = "marketing.opt-in"
LIFETIME = timedelta(days=7)
PER_EMAIL = (3, timedelta(days=1))
PER_LINE = (20, timedelta(hours=1))


def ask_to_join(request: HttpRequest, email: str, purpose_code: str) -> None:
    """Mail a link to the address, on the list or not: the answer tells nobody which. Raises TooMany."""
    _count(request, email)
    purpose = purpose_of(purpose_code)
    with in_even_time(), transaction.atomic():
        row = OptInRequest.objects.create(email=email, purpose=purpose.code, wording=purpose.version)
        letters.send_opt_in(email, signing.dumps(row.id.hex, salt=SALT))


def asked(token: str) -> OptInRequest:
    """The living request behind a mailed link. Raises LinkNotValid."""
    try:
        row_id = UUID(signing.loads(token, salt=SALT))
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise LinkNotValid from error
    row = OptInRequest.objects.filter(pk=row_id, used_at=None, created_at__gt=now() - LIFETIME).first()
    if row is None:
        raise LinkNotValid
    return row


@transaction.atomic
def join(row: OptInRequest) -> None:
    """The mailbox answered: its holder agreed to the sentence that the form showed. Raises LinkNotValid."""
    if not OptInRequest.objects.filter(pk=row.pk, used_at=None).update(used_at=now()):
        raise LinkNotValid
    contact = contacts.of_address(row.email)
    preferences.give(contact, row.purpose, Said(Channel.FORM, SYSTEM), row.wording)


def leave(request: HttpRequest, email: str) -> None:
    """Stop all marketing to an address, typed into a form by anybody: silence harms nobody. Raises TooMany."""
    throttle.hit("newsletter-leave", client_address(request), *PER_LINE)
    with in_even_time():
        preferences.stop(contacts.of_address(email), ALL, Said(Channel.FORM, SYSTEM))


def sweep() -> int:
    """Forget requests that nobody answered; returns how many went."""
    return OptInRequest.objects.filter(created_at__lt=now() - LIFETIME).delete()[0]


def _count(request: HttpRequest, email: str) -> None:
    throttle.hit("newsletter-line", client_address(request), *PER_LINE)
    throttle.hit("newsletter-email", email, *PER_EMAIL)
