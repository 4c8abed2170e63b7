"""Header fields of real mails: encoded words, bare 8-bit bytes, folding, broken addresses and dates."""

import binascii
import re
from datetime import UTC, datetime
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from itertools import islice

from allonce.kernel.desk.mail.charsets import clean, decode, is_utf8
from allonce.kernel.desk.mail.values import Address

LONGEST_HEADER = 20_000
# Of one name; more than a mail may have hops.
MOST_FIELDS = 60
FIRST_PARTS = 10
LONGEST_NAME = 200
_AROUND_NAMES = "\"'<> "
MOST_ADDRESSES = 500
FIRST_YEAR, LAST_YEAR = 1960, 2199

_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*(?:\?(?!=)[^?]*)?)\?=")
_BETWEEN_WORDS = re.compile(r"(\?=)\s+(=\?[^?\s]{1,60}\?[bBqQ]\?)")
_BARE_NAME = re.compile(r"(^|,)\s*([^\",<>;]{0,200}@[^\",<>;]{0,200}?)\s*<")
_IN_BRACKETS = re.compile(r"<\s*([^\s<>@,;:\"()]{1,64}@[^\s<>@,;:\"()]{1,255})\s*>")
_EMAIL = re.compile(r"[^\s<>@,;:\"()]{1,64}@[^\s<>@,;:\"()]{1,255}")
_WHOLE_EMAIL = re.compile(rf"{_EMAIL.pattern}|\"[^\"<>\\]{{1,62}}\"@[^\s<>@,;:\"()]{{1,255}}")


def raw_values(message: Message, name: str) -> list[str]:
    """Every value of the field, unfolded; bytes beyond ASCII read as UTF-8 or what else they look like."""
    wanted = name.casefold()
    values = (value for key, value in message.raw_items() if key.casefold() == wanted)
    return [_legible(value, message) for value in islice(values, MOST_FIELDS)]


def raw_value(message: Message, name: str) -> str:
    """The first value that says something, or an empty text."""
    return next((value for value in raw_values(message, name) if value), "")


def words(message: Message, name: str) -> str:
    """The field as a person reads it."""
    return decode_words(raw_value(message, name))


def _legible(value: object, message: Message) -> str:
    written = str(value)[:LONGEST_HEADER]
    if not written.isascii() or "\x1b$" in written:
        content = written.encode("utf-8", "surrogateescape")
        written = decode(content, "" if is_utf8(content) else _charset_of(message))[0]
    return " ".join(line.strip() for line in clean(written).split("\n") if line.strip())


def _charset_of(message: Message) -> str:
    """Who writes bare bytes into a header means the charset of the text."""
    try:
        charsets = (part.get_content_charset() for part in islice(message.walk(), FIRST_PARTS))
        return next((charset for charset in charsets if charset), "")
    except (ValueError, TypeError, LookupError, AttributeError):
        return ""


def decode_words(written: str) -> str:
    """RFC 2047's encoded words, also where writers broke its rules: in quotes, with spaces, cut in a letter."""
    joined = _BETWEEN_WORDS.sub(r"\1\2", written)
    pieces: list[tuple[bytes, str]] = []
    text, end = "", 0
    for word in _WORD.finditer(joined):
        if word.start() > end:
            text, pieces = text + _text_of(pieces) + joined[end : word.start()], []
        pieces.append((_bytes_of(word[2], word[3]), word[1].partition("*")[0]))
        end = word.end()
    return clean(text + _text_of(pieces) + joined[end:]).replace("\n", " ").strip()


def _bytes_of(encoding: str, encoded: str) -> bytes:
    content = encoded.encode("utf-8", "replace")
    if encoding in "qQ":
        return binascii.a2b_qp(content, header=True)
    letters = re.sub(rb"[^A-Za-z0-9+/]", b"", content)
    letters = letters[:-1] if len(letters) % 4 == 1 else letters
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))


def _text_of(pieces: list[tuple[bytes, str]]) -> str:
    """Neighbours of one charset are one text: a letter may be cut between them."""
    text = ""
    while pieces:
        charset = pieces[0][1].casefold()
        alike = next((i for i, piece in enumerate(pieces) if piece[1].casefold() != charset), len(pieces))
        text += decode(b"".join(piece[0] for piece in pieces[:alike]), charset)[0]
        pieces = pieces[alike:]
    return text


def addresses(message: Message, *names: str) -> tuple[Address, ...]:
    """The addresses of the fields, in their order, each mailbox once."""
    found: dict[str, Address] = {}
    for value in (value for name in names for value in raw_values(message, name) if value):
        for address in _addresses_in(value):
            found.setdefault(address.email.casefold(), address)
    return tuple(found.values())[:MOST_ADDRESSES]


def name_only(message: Message, name: str) -> Address:
    """Who wrote the field without any address, such as "MAILER-DAEMON"."""
    name, _bracket, local = words(message, name).partition("<")
    return Address((name.strip(_AROUND_NAMES) or local.strip(_AROUND_NAMES))[:LONGEST_NAME], "")


def _addresses_in(value: str) -> list[Address]:
    value += ">" * (value.count("<") > value.count(">"))
    # A name with an @ in it must not be taken for the address: anybody can write a name.
    parsed = getaddresses([_BARE_NAME.sub(r'\1"\2" <', value)])
    good = [
        _address(name, email) for name, email in parsed if _WHOLE_EMAIL.fullmatch(clean(email).strip().strip("'<>"))
    ]
    if good:
        return good
    # Broken syntax: what stands in brackets, or else looks like an address, is one; what stands before it is the name.
    rough = _IN_BRACKETS.search(value) or _EMAIL.search(value)
    return [_address(value[: rough.start()], rough[rough.re.groups])] if rough else []


def _address(name: str, email: str) -> Address:
    local, _at, host = clean(email).strip().strip("'<>").rpartition("@")
    said = decode_words(name).strip(_AROUND_NAMES)
    return Address(said[:LONGEST_NAME], f"{local}@{host.lower()}")


def sent_at(message: Message) -> datetime | None:
    """The Date field in UTC, or None where there is none that can be believed."""
    try:
        moment = parsedate_to_datetime(raw_value(message, "Date"))
        moment = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if FIRST_YEAR <= moment.year <= LAST_YEAR else None
