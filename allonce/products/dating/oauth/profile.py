"""What a provider tells of somebody, read with suspicion: in Facebook's words, or in OpenID Connect's."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from allonce.products.dating.oauth.errors import ProviderSilent

LONGEST_NAME, LONGEST_ID, LONGEST_ADDRESS, LONGEST_URL, MOST_LIKES = 40, 200, 254, 2000, 500


@dataclass(frozen=True)
class Profile:
    """Somebody as the provider knows them. `proved`: it says itself that the address was confirmed."""

    subject: str = field(repr=False)
    first_name: str = ""
    birth: date | None = None
    email: str = field(default="", repr=False)
    proved: bool = False
    picture: str = field(default="", repr=False)
    likes: tuple[str, ...] = ()


def read(told: Any) -> Profile:
    """The profile of the provider's JSON. Raises ProviderSilent if it names nobody; the rest may be missing."""
    if not isinstance(told, dict):
        raise ProviderSilent
    subject = told.get("id") or told.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_ID:
        raise ProviderSilent
    email = _email(told)
    return Profile(
        subject,
        " ".join(_text(told, "first_name", "given_name").split())[:LONGEST_NAME],
        _birth(_text(told, "birthday", "birthdate")),
        email,
        bool(email) and told.get("email_verified") in (True, "true"),
        _picture(told.get("picture")),
        _likes(told),
    )


def _text(told: Mapping[str, Any], *names: str) -> str:
    found = (told.get(name) for name in names)
    return next((each for each in found if isinstance(each, str)), "")


def _birth(text: str) -> date | None:
    """A whole date; Facebook may tell the year or the day alone, which says too little."""
    for shape in ("%m/%d/%Y", "%Y-%m-%d"):
        with suppress(ValueError):
            return datetime.strptime(text, shape).date()  # noqa: DTZ007 - a day has no zone
    return None


def _email(told: Mapping[str, Any]) -> str:
    found = _text(told, "email").strip()
    try:
        validate_email(found)
    except ValidationError:
        return ""
    return found if len(found) <= LONGEST_ADDRESS else ""


def _picture(found: Any) -> str:
    """The address of a picture of theirs; a silhouette is none."""
    about = found.get("data") if isinstance(found, dict) else {"url": found}
    if not isinstance(about, dict) or about.get("is_silhouette"):
        return ""
    url = about.get("url")
    return url if isinstance(url, str) and len(url) <= LONGEST_URL else ""


def _likes(told: Mapping[str, Any]) -> tuple[str, ...]:
    found = told.get("likes") or told.get("interests") or []
    rows = found.get("data", []) if isinstance(found, dict) else found
    names = [each.get("name") if isinstance(each, dict) else each for each in rows] if isinstance(rows, list) else []
    return tuple(each for each in names if isinstance(each, str))[:MOST_LIKES]
