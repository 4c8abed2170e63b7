"""What leads a new account from its first sign-in to its first quote. Products add their own steps in apps.py."""

from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from allonce.kernel.accounts import entitlements
from allonce.kernel.accounts.devices.services.registration import SERVICE
from allonce.kernel.accounts.keys.services.wraps import current_key
from allonce.kernel.accounts.models import User


@dataclass(frozen=True)
class FirstStep:
    """One thing to do. Without a `url` somebody else does it, and the account waits."""

    title: str
    text: str
    done: bool
    url: str = ""
    action: str = ""


class FirstSteps(Protocol):
    """A product's steps. `place` says where they stand; the accounts room has 0 and 50."""

    place: int

    def steps(self, account_id: UUID) -> list[FirstStep]:
        """In order, with what is done already; reads only, a query or two."""


_sources: dict[int, FirstSteps] = {}


def register_first_steps(source: FirstSteps) -> None:
    """Add a product's steps; another source at the same place takes its place."""
    _sources[source.place] = source


def first_steps(account_id: UUID) -> list[FirstStep]:
    """All steps in order; none once everything is done."""
    sources: list[Any] = [*_sources.values(), _Subscription(), _Mobile()]
    sources.sort(key=lambda source: source.place)
    found = [step for source in sources for step in source.steps(account_id)]
    return [] if all(step.done for step in found) else found


class _Subscription:
    place = 0

    def steps(self, account_id: UUID) -> list[FirstStep]:
        running = entitlements.allows(account_id, SERVICE)
        text = _("Whoever runs this installation does it for you. You can set everything up meanwhile.")
        return [FirstStep(_("Mobile is switched on"), text, running)]


class _Mobile:
    place = 50

    def steps(self, account_id: UUID) -> list[FirstStep]:
        has_key = current_key(account_id) is not None
        has_user = User.objects.filter(account_id=account_id).exists()
        key_text = _("Job files are sealed to it, so that nobody but you and your phones can read them.")
        user_text = _("Somebody who measures and quotes, with a phone of their own.")
        return [
            FirstStep(_("Make the account's key"), key_text, has_key, reverse("devices:keys"), _("Make the key")),
            FirstStep(_("Add a User"), user_text, has_user, reverse("devices:add_user"), _("Add a User")),
        ]
