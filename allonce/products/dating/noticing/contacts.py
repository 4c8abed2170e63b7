"""Telephone numbers and email addresses in what somebody pastes or chooses: plain text, or vCards."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import phonenumbers

_CARD = re.compile(r"^\s*BEGIN:VCARD\b", re.I | re.M)
# A long line of a card goes on in the next one, after a blank.
_FOLD = re.compile(r"\r?\n[ \t]")
_PROPERTY = re.compile(r"^(?:[\w-]+\.)?(?P<name>TEL|EMAIL)(?:;[^:\r\n]*)?:(?P<value>.*)$", re.I | re.M)
_MAIL = re.compile(r"[^\s<>()\[\]\",;:@]+@[^\s<>()\[\]\",;:@]+\.[^\s<>()\[\]\",;:@.]+")
_BREAK = re.compile(r"[\r\n\t,;|]+")
SHORTEST, LONGEST = 7, 60


@dataclass(frozen=True)
class Found:
    """`numbers` are in E.164, `addresses` in small letters."""

    numbers: frozenset[str]
    addresses: frozenset[str]

    def __len__(self) -> int:
        return len(self.numbers) + len(self.addresses)


def read(text: str, region: str) -> Found:
    """Every number and address in it; numbers without a country code are `region`'s (ISO 3166)."""
    lines = _lines_of_cards(text) if _CARD.search(text) else text
    addresses = {each.rstrip(".").casefold() for each in _MAIL.findall(lines)}
    numbers = {number for piece in _BREAK.split(_MAIL.sub("\n", lines)) if (number := _number(piece, region))}
    return Found(frozenset(numbers), frozenset(addresses))


def _lines_of_cards(text: str) -> str:
    """Birthdays, notes and pictures have digits, too: only what is marked as a number or an address counts."""
    return "\n".join(_values(_FOLD.sub("", text)))


def _values(text: str) -> Iterator[str]:
    for each in _PROPERTY.finditer(text):
        yield each["value"].strip().removeprefix("tel:")


def _number(piece: str, region: str) -> str:
    """The one number in a piece of text, or ""."""
    plain = piece.strip()
    if len(plain) > LONGEST or sum(map(str.isdigit, plain)) < SHORTEST:
        return ""
    try:
        number = phonenumbers.parse(plain, region)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
