"""The link that the sender of a ticket is mailed: whoever holds it has read that mailbox."""

from uuid import UUID

from django.core import signing

from allonce.kernel.accounts.services.mails import link
from allonce.kernel.errors import NotFound

SALT = "desk.ticket"


def token_of(ticket_id: UUID) -> str:
    """A token that only this installation can have made."""
    return signing.Signer(salt=SALT).sign(ticket_id.hex)


def id_of(token: str) -> UUID:
    """The ticket that a token names, which may be gone. Raises NotFound for whatever is not ours."""
    try:
        return UUID(signing.Signer(salt=SALT).unsign(token))
    except (signing.BadSignature, ValueError) as error:
        raise NotFound from error


def page_of(ticket_id: UUID) -> str:
    """The full address of the sender's own page."""
    return link("desk:own", token_of(ticket_id))
