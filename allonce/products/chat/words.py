"""What people write: plain text and nothing else. Nothing of it is ever markup."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy

from allonce.kernel.errors import UserError

LONGEST = 4000
MOST_LINKS = 20
LINK = re.compile(r"https?://[^\s<>\"'`\\]+", re.I)
WORD = re.compile(r"\w+")
TRAILING = ".,;:!?)]}*_~"
# Marks that turn the direction of what follows: with them a text, or a link, reads as something else than it is.
_TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0xFEFF])


class NothingSaid(UserError):
    code = "nothing_said"
    status = 422
    message = gettext_lazy("Write something first.")


class TooLong(UserError):
    code = "too_long"
    status = 422
    message = gettext_lazy("That is too long for one message. Send it in parts of at most 4,000 characters.")


class WordsRefused(UserError):
    """A word stands in it that this Client does not take; the same for everybody and without a judgement."""

    code = "words_refused"
    status = 422
    message = gettext_lazy("A word in this message is not taken here. Put it another way.")


def plain(text: Any, longest: int = LONGEST) -> str:
    """The text without control characters and turning marks, in one spelling. Raises TooLong."""
    if not isinstance(text, str):
        return ""
    if len(text) > 4 * longest:
        raise TooLong
    text = text.encode("utf-8", "ignore").decode().replace("\r\n", "\n").replace("\r", "\n")
    text = unicodedata.normalize("NFC", text).translate(_TURNING)
    kept = "".join(letter for letter in text if letter in "\n\t" or unicodedata.category(letter) not in {"Cc", "Cs"})
    kept = kept.strip()
    if len(kept) > longest:
        raise TooLong
    return kept


def line(text: Any, longest: int = 200) -> str:
    """The same on one line, cut where it is longer: names, titles, what a page says of itself."""
    joined = " ".join(plain(text[: 4 * longest] if isinstance(text, str) else "", 4 * longest).split())
    return joined[:longest].strip()


def web_address(text: Any, longest: int = 1000) -> str:
    """The text if it is a web address, else "": scripts and data must not come in as links."""
    found = line(text, longest)
    try:
        parts = urlsplit(found)
    except ValueError:
        return ""
    return found if parts.scheme in {"http", "https"} and parts.hostname else ""


def host_of(address: str) -> str:
    """The host of an address in lower case; "" if there is none."""
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""


def links_in(text: str, own_hosts: Collection[str]) -> list[dict[str, Any]]:
    """Each web address in the text, with its host, and whether it leads away from the Client's own sites."""
    found = (match[0].rstrip(TRAILING) for match in LINK.finditer(text))
    addresses = [each for each in dict.fromkeys(found) if host_of(each)][:MOST_LINKS]
    return [
        {"url": each, "host": host_of(each), "external": not _is_own(host_of(each), own_hosts)} for each in addresses
    ]


def refuse_blocked(text: str, blocked: Iterable[str]) -> None:
    """Raises WordsRefused where one of the words stands in the text as a word, in any letter case."""
    spoken = _words_of(text)
    if any(words.strip() and words in spoken for words in map(_words_of, blocked)):
        raise WordsRefused


def _words_of(text: str) -> str:
    """The words alone, each between spaces."""
    return f" {' '.join(WORD.findall(str(text).casefold()))} "


def _is_own(host: str, own_hosts: Collection[str]) -> bool:
    return any(host == own or host.endswith("." + own) for own in own_hosts)
