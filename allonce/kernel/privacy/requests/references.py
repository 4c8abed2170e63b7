"""Names of requests that people read out on the telephone, and links that are mailed to their senders."""

import secrets
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

from allonce.kernel.accounts.services.tokens import LinkNotValid
from allonce.kernel.clock import now

# Without letters and figures that are mistaken for each other.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LIFETIMES = {"request": timedelta(days=180), "transfer": timedelta(days=365)}


def new_reference() -> str:
    """A name for a request, such as R-7KQ4MD2W; tells nothing of how many there are."""
    return "R-" + "".join(secrets.choice(ALPHABET) for _ in range(8))


def sign(purpose: str, *ids: UUID) -> str:
    """A token for a mailed link. Whoever holds it has read that mailbox; using it twice changes nothing more."""
    ends = int((now() + LIFETIMES[purpose]).timestamp())
    return signing.dumps([*(each.hex for each in ids), ends], salt=f"requests.{purpose}")


def opened(purpose: str, token: str) -> list[UUID]:
    """The ids in a token of ours. Raises LinkNotValid for whatever is wrong with it."""
    try:
        *ids, ends = signing.loads(token, salt=f"requests.{purpose}")
        found = [UUID(each) for each in ids]
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise LinkNotValid from error
    if not isinstance(ends, int) or ends < now().timestamp():
        raise LinkNotValid
    return found


def page(name: str, *args: object) -> str:
    """The full address of one of our pages."""
    return f"{settings.PUBLIC_URL}{reverse(name, args=args)}"
