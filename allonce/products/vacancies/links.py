"""The link that an applicant was mailed: signed, good as long as there is something behind it."""

from uuid import UUID

from django.core import signing

from allonce.kernel.accounts.services.mails import link
from allonce.kernel.errors import NotFound

SALT = "vacancies.application"


def token_of(application_id: UUID) -> str:
    """A token that only this installation can have made."""
    return _signer().sign(application_id.hex)


def id_of(token: str) -> UUID:
    """The application that a token names, which may be gone. Raises NotFound for whatever is not ours."""
    try:
        return UUID(_signer().unsign(token))
    except (signing.BadSignature, ValueError) as error:
        raise NotFound from error


def address_of(application_id: UUID) -> str:
    """The full address of the applicant's own page."""
    return link("vacancies:application", token_of(application_id))


def _signer() -> signing.Signer:
    return signing.Signer(salt=SALT)
