"""What in a message had better not be given away yet, or asks for what nobody should give. Keeps no text."""

import re
from functools import cache
from pathlib import Path

import phonenumbers

MONEY, PHONE, MAIL, LINK, ADDRESS, MESSENGER = "money", "phone", "mail", "link", "address", "messenger"
KINDS = (MONEY, PHONE, MAIL, LINK, ADDRESS, MESSENGER)
PHRASES = Path(__file__).with_name("money.txt")
SUM = r"(?:[£$€]\s?\d[\d,.]*k?|\d[\d,.]*k?\s?(?:pounds?|quid|gbp|euros?|eur|dollars?|usd|bucks|[£$€]))"

_MAIL = re.compile(
    r"[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.|\s?\(dot\)\s?|\sdot\s)[a-z]{2,}|[\w.+-]+\sat\s[\w-]+\sdot\s[a-z]{2,}",
    re.I,
)
_LINK = re.compile(
    r"https?://\S|www\.\w|\b(?:t\.me|wa\.me|bit\.ly|tinyurl\.com)/"
    r"|\b[a-z0-9][\w-]*\.(?:com|net|org|info|biz|io|co\.uk|uk|fr|de|eu|app|dev|xyz|site|online|shop|link|club|top)\b",
    re.I,
)
_DIGITS = re.compile(r"(?<![\w.])(?:\+|00|0)(?:[\s().-]{0,2}\d){8,14}(?!\w)")
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b")
_STREET = re.compile(
    r"\b\d{1,4}[a-z]?,?\s+((?:[a-z'-]+\s+){1,3})"
    r"(?:street|st|road|rd|avenue|ave|lane|close|drive|crescent|court|gardens|terrace|square|way|grove)\b",
    re.I,
)
# Words that stand between a number and "road" where no house is meant: "5 minutes down the road".
_NO_STREET = re.compile(
    r"\b(?:minutes?|mins?|miles?|km|metres|hours|years|days|people|times|steps|way|down|up|along|from|on|in"
    r"|of|to|at|off|the|my|your|our|a|this|that|and|or|is|was|more|other)\b",
    re.I,
)
_MESSENGER = re.compile(
    r"\b(?:whats\s?app|telegram|snap\s?chat|instagram|insta|wechat|viber|kik|discord|skype|facebook|messenger)\b"
    r"|\b(?:on|my|use|have|got|over to)\s+(?:signal|snap|line|ig)\b|\bsignal app\b",
    re.I,
)


def notice(text: str, region: str = "GB") -> tuple[str, ...]:
    """The kinds of things found in a message, in the order of KINDS; numbers without a country code are `region`'s."""
    without_mail = _MAIL.sub(" ", text)
    found = {
        MONEY: asks_for_money(text),
        PHONE: _has_number(text, region),
        MAIL: without_mail != text,
        LINK: _LINK.search(without_mail) is not None,
        ADDRESS: _has_address(text),
        MESSENGER: _MESSENGER.search(text) is not None,
    }
    return tuple(kind for kind in KINDS if found[kind])


def asks_for_money(text: str) -> bool:
    """Whether one of the phrases in money.txt stands in the message."""
    return _money().search(_plain(text)) is not None


def phrases() -> list[str]:
    """The phrases as they stand in the file, for people to read."""
    lines = (line.strip() for line in PHRASES.read_text().splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def _has_number(text: str, region: str) -> bool:
    if _DIGITS.search(text):
        return True
    matcher = phonenumbers.PhoneNumberMatcher(text, region, leniency=phonenumbers.Leniency.VALID)
    return matcher.has_next()


def _has_address(text: str) -> bool:
    if _POSTCODE.search(text):
        return True
    return any(not _NO_STREET.search(found[1]) for found in _STREET.finditer(text))


def _plain(text: str) -> str:
    """Small letters, one blank between words, no punctuation but in sums of money."""
    return " ".join(re.sub(r"[^\w£$€.,]+|[.,](?!\d)", " ", text.casefold().replace("'", "")).split())


@cache
def _money() -> re.Pattern[str]:
    return re.compile("|".join(rf"(?:(?<!\w){_pattern(each)}(?!\w))" for each in phrases()))


def _pattern(phrase: str) -> str:
    """One blank follows every word; "*" brings its own."""
    parts = {"*": r"(?:\S+ ){0,3}?", "#": SUM + " "}
    return "".join(parts.get(word) or re.escape(word) + " " for word in phrase.split()).removesuffix(" ")
