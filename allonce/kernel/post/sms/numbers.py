"""Telephone numbers that a text message can go to."""

import re
from uuid import UUID

import phonenumbers
from django.utils.translation import gettext_lazy
from phonenumbers import PhoneNumberType

from allonce.kernel.errors import UserError
from allonce.kernel.post.connectors import LOCAL
from allonce.kernel.vault import INSTALL, Scope, keyed_hash

# Premium and shared-cost numbers are how text messages are turned into somebody's income.
TEXTABLE = frozenset({PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE})
# Ofcom's numbers for use in drama, which belong to nobody; only a gateway on this machine gets them.
MADE_UP = re.compile(r"\+447700900\d{3}")


class NumberRefused(UserError):
    """This is no telephone number that can be texted."""

    code = "number_refused"
    status = 422
    message = gettext_lazy("Give a mobile number with its country code, such as +44 7400 123456.")


def readable_number(text: str, *, region: str | None = None, connector: str = "") -> str:
    """`text` as E.164. Raises NumberRefused.

    `region` (ISO 3166) is the country of numbers without a country code; without it they are refused.
    """
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        raise NumberRefused from None
    plain = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if connector == LOCAL and MADE_UP.fullmatch(plain):
        return plain
    if not phonenumbers.is_valid_number(number) or phonenumbers.number_type(number) not in TEXTABLE:
        raise NumberRefused
    return plain


def spelt_alike(text: str) -> str:
    """A number as a gateway wrote it, as E.164 where it can be read, else as it stands without blanks."""
    bare = "".join(text.split())
    try:
        given = bare if bare.startswith("+") else f"+{bare.removeprefix('00')}"
        number = phonenumbers.parse(given, None)
    except phonenumbers.NumberParseException:
        return bare
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def hash_for(account_id: UUID, number: str) -> str:
    """How one account knows a number again; no other account's hash of it agrees."""
    return keyed_hash(Scope("account", account_id), "post_sms.number", number)


def hash_for_all(number: str) -> str:
    """How the installation knows a number again that no account has texted."""
    return keyed_hash(INSTALL, "post_sms.number", number)
