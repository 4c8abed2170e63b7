"""Refuses personal data in a Catalogue: it holds products and prices, and nothing about people.

The heuristics know email addresses, telephone numbers (libphonenumber, read as in the UK), people
addressed by a title, and street addresses with a postcode. They cannot know meaning: a bare name passes.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import phonenumbers
from django.utils.translation import gettext as _

from allonce.kernel.errors import UserError

_EMAIL = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[a-z]{2,}", re.IGNORECASE)
_TITLE = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx)\.?\s+[A-Z][a-z]+")
_POSTCODE = re.compile(r"\b(?:GIR ?0AA|[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2})\b")
_STREET = re.compile(
    r"\b\d{1,4}[a-z]?,?\s+(?:[A-Z][\w'-]*\s+){1,3}(?:Street|St|Road|Rd|Lane|Ln|Avenue|Ave|Drive|Close|Crescent)\b"
)
_SEVEN_DIGITS = re.compile(r"(?:\d[\s().-]*){7}")


class PersonalData(UserError):
    """A field of the Catalogue holds what looks like personal data. `fields` names the text that was
    refused."""

    code = "personal_data"
    status = 422


def refuse_personal_data(value: Any) -> None:
    """Raises PersonalData for the first text in `value` (nested lists and objects) that looks personal."""
    for text in set(_texts(value)):
        kind = what_is_personal(text)
        if kind:
            message = _(
                "“%(text)s” looks like %(kind)s. A catalogue holds products and prices only, because "
                "every phone carries it. Take it out and save again."
            )
            raise PersonalData(message % {"text": text[:60], "kind": kind}, fields={"text": text[:60]})


def what_is_personal(text: str) -> str | None:
    """What kind of personal data the text seems to hold, in words; None if none."""
    if "@" in text and _EMAIL.search(text):
        return _("an email address")
    if _SEVEN_DIGITS.search(text) and _has_phone_number(text):
        return _("a telephone number")
    if _TITLE.search(text):
        return _("the name of a person")
    if _STREET.search(text) or (_POSTCODE.search(text) and _looks_like_address(text)):
        return _("somebody's address")
    return None


def _has_phone_number(text: str) -> bool:
    return next(iter(phonenumbers.PhoneNumberMatcher(text, "GB")), None) is not None


def _looks_like_address(text: str) -> bool:
    """A postcode alone may be a supplier's code; with a comma or three words beside it, it is an address."""
    rest = _POSTCODE.sub("", text)
    return "," in rest or len(re.findall(r"[A-Za-z]{3,}", rest)) >= 3


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
        return
    children: Iterable[Any] = ()
    if isinstance(value, dict):
        children = [*value, *value.values()]
    elif isinstance(value, list):
        children = value
    for child in children:
        if isinstance(child, str | dict | list):
            yield from _texts(child)
