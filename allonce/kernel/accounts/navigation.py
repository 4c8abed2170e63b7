"""Menus that rooms and products add to: the Operator's console, a person's own pages, the foot of public pages."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from django.http import HttpRequest

from allonce.kernel.accounts.models import Membership, Person

Place = Literal["operator", "person", "business", "public"]


@dataclass(frozen=True)
class Entry:
    """One line of a menu; `url_name` is reversed without arguments.

    Give the icon by keyword with a literal name, so that the front-end build finds it. `count` tells how many
    things wait behind it; it is asked on every page, so it costs a query at most. `group` is the heading under which
    it stands in an account's office menu, and `shown` whether it stands in its menu in this request.
    """

    url_name: str
    label: Any
    icon: str
    order: int = 50
    count: Callable[[HttpRequest], int] | None = None
    group: Any = ""
    shown: Callable[[HttpRequest], bool] | None = None


_entries: dict[Place, list[Entry]] = {"operator": [], "person": [], "business": [], "public": []}


# Given a membership: the name of the URL, without arguments, where that person's work begins; "" if not known.
Home = Callable[[Membership], str]
_homes: list[Home] = []


def register_home(home: Home) -> None:
    """Say where people begin after signing in whose work lies in this product."""
    if home not in _homes:
        _homes.append(home)


def home_of(membership: Membership) -> str:
    """The URL name that the first product names which knows; "" if none does."""
    return next((found for home in _homes if (found := home(membership))), "")


# Given somebody without any account: the name of the URL where they begin; "" if not known.
PrivateHome = Callable[[Person], str]
_private_homes: list[PrivateHome] = []


def register_private_home(home: PrivateHome) -> None:
    """Say where private people begin after signing in who use this product and belong to no account."""
    if home not in _private_homes:
        _private_homes.append(home)


def private_home_of(person: Person) -> str:
    """The URL name that the first product names which knows them; "" if none does."""
    return next((found for home in _private_homes if (found := home(person))), "")


def register_entry(place: Place, entry: Entry) -> None:
    """Add a line to the menu of that place. Called in an app's `ready`.

    operator: the Operator's console; person: what belongs to whoever is signed in, whatever account they work in;
    business: an account's office menu; public: the foot of pages that anybody reads.
    """
    if entry not in _entries[place]:
        _entries[place].append(entry)


def entries(place: Place) -> list[Entry]:
    """The lines of a menu in their order."""
    return sorted(_entries[place], key=lambda entry: entry.order)
