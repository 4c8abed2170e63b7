"""Where data may lie and go: in the regions that the installation, or an account for itself, has agreed to.

A processor or storage target anywhere else needs an entry in the list of processors with a written safeguard.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from allonce.kernel.accounts import tenancy
from allonce.kernel.privacy.processors import queries
from allonce.kernel.privacy.processors.models import AccountRegions, ProcessorVersion, Safeguard
from allonce.kernel.privacy.processors.regions import countries_of


@dataclass(frozen=True)
class StorageTarget:
    """A place where this installation keeps data: its connector is `storage:` and the name."""

    name: str
    country: str

    @property
    def connector(self) -> str:
        return f"storage:{self.name}"


def storage_targets() -> list[StorageTarget]:
    """Every place, with the country that the settings declare for it."""
    return [StorageTarget(name, country) for name, country in sorted(settings.STORAGE_REGIONS.items())]


def agreed_regions(account_id: UUID | None) -> list[str]:
    """The account's own regions where its owner agreed to some, otherwise the installation's."""
    own = AccountRegions.objects.filter(account_id=account_id).first() if account_id else None
    return list(own.regions) if own else list(settings.ALLOWED_REGIONS)


def may_lie_in(country: str, entries: Iterable[ProcessorVersion], regions: Iterable[str]) -> bool:
    """Whether data may lie in `country`: inside the regions, or with a written safeguard on one of the entries."""
    return country in countries_of(regions) or any(is_safeguarded(each) for each in entries)


def is_safeguarded(entry: ProcessorVersion) -> bool:
    """Whether a written safeguard is on file: what it is, from when, and where to find it."""
    named = entry.safeguard != Safeguard.NONE_NEEDED
    return named and entry.safeguard_date is not None and bool(entry.safeguard_reference)


def misplaced(regions: Iterable[str]) -> list[StorageTarget]:
    """Storage targets where data under these regions may not lie."""
    wanted = list(regions)
    return [
        each for each in storage_targets() if not may_lie_in(each.country, queries.current_for(each.connector), wanted)
    ]


def accounts_misplaced() -> Iterator[tuple[UUID, StorageTarget]]:
    """Accounts whose own agreement does not cover where their data lies, with the place."""
    with tenancy.across_accounts():
        agreements = list(AccountRegions.objects.order_by("account_id"))
    for own in agreements:
        for target in misplaced(own.regions):
            yield own.account_id, target
