"""What products add to the answer a phone gets at each synchronisation. They register in their apps.py."""

from typing import Any, Protocol
from uuid import UUID

from allonce.kernel.accounts.devices.access import DeviceAccess


class SyncPart(Protocol):
    """One member of the answer. `name` is its key in the JSON, such as "catalogue"."""

    name: str

    def part(self, device: DeviceAccess) -> Any:
        """Plain JSON values for this device; reads only, and quick: every phone asks often."""


class LatestCatalogue(Protocol):
    """Which version of the Catalogue phones are to hold, for the list of Users."""

    def latest(self, account_id: UUID) -> int:
        """The newest version's number; 0 before the first is published."""


_parts: dict[str, SyncPart] = {}


_latest: list[LatestCatalogue] = []


def register_latest_catalogue(source: LatestCatalogue) -> None:
    """The Catalogue says so at start; a second one takes its place."""
    _latest[:] = [source]


def latest_catalogue(account_id: UUID) -> int:
    """The version that phones are to hold; 0 where there is none."""
    return _latest[0].latest(account_id) if _latest else 0


def register_sync_part(part: SyncPart) -> None:
    """Add a product's part; a second one of the same name takes its place."""
    _parts[part.name] = part


def sync_parts(device: DeviceAccess) -> dict[str, Any]:
    """All products' parts for one device."""
    return {name: part.part(device) for name, part in _parts.items()}
