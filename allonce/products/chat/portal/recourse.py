"""Where complaints about Chat go that could not be settled with the Operator: independent, and set by the Operator."""

from django.conf import settings

from allonce.kernel.legal.authority import Authority, authority


class UnknownRecourse(ValueError):
    """The setting is not "Name; address; web address"."""


def recourse() -> Authority:
    """The body that the Operator named (ALLONCE_RECOURSE), else the supervisory authority. Raises UnknownRecourse."""
    given = settings.RECOURSE.strip()
    if not given:
        return authority()
    parts = [part.strip() for part in given.split(";")]
    if len(parts) != 3 or not all(parts):
        raise UnknownRecourse('ALLONCE_RECOURSE is "Name; address; web address", or empty')
    return Authority(*parts)
