"""How other products read a published Catalogue: the catalogue product registers a source, they ask it."""

from collections.abc import Mapping
from typing import Any, Protocol
from uuid import UUID


class UnknownCatalogue(LookupError):
    """This account never published that version."""


class CatalogueSource(Protocol):
    """Published Catalogues, assembled as `docs/catalogue-format.md` describes."""

    def get(self, account_id: UUID, version: int) -> Mapping[str, Any]:
        """The Catalogue that `account_id` published as `version`. Raises UnknownCatalogue."""


_registered: list[CatalogueSource] = []


def register_catalogue_source(source: CatalogueSource) -> None:
    """Make `source` the one that answers. Called once, in the catalogue product's apps.py."""
    _registered[:] = [source]


def published_catalogue(account_id: UUID, version: int) -> Mapping[str, Any]:
    """The assembled Catalogue. Raises UnknownCatalogue, also where no product publishes any."""
    if not _registered:
        raise UnknownCatalogue(version)
    return _registered[0].get(account_id, version)
