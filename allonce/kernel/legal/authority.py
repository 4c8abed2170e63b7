"""The supervisory authority that this installation answers to."""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class Authority:
    """Whom people may complain to, and how to reach it."""

    name: str
    address: str
    website: str
    phone: str = ""


_KNOWN = {
    "ICO": Authority(
        "Information Commissioner's Office (ICO)",
        "Wycliffe House, Water Lane, Wilmslow, Cheshire SK9 5AF, United Kingdom",
        "https://ico.org.uk/make-a-complaint/",
        "+44 303 123 1113",
    ),
    "CNIL": Authority(
        "Commission nationale de l'informatique et des libertés (CNIL)",
        "3 place de Fontenoy, TSA 80715, 75334 Paris Cedex 07, France",
        "https://www.cnil.fr/fr/plaintes",
        "+33 1 53 73 22 22",
    ),
}


class UnknownAuthority(ValueError):
    """The setting names neither a known authority nor "Name; address; web address"."""


def authority() -> Authority:
    """The authority as set for the installation (ALLONCE_AUTHORITY). Raises UnknownAuthority."""
    given = settings.AUTHORITY.strip()
    if given in _KNOWN:
        return _KNOWN[given]
    parts = [part.strip() for part in given.split(";")]
    if len(parts) != 3 or not all(parts):
        raise UnknownAuthority('ALLONCE_AUTHORITY is "ICO", "CNIL" or "Name; address; web address"')
    return Authority(*parts)
