"""Published versions, whole: for other products and for comparing."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from uuid import UUID

from allonce.pricing.chunks import assemble
from allonce.products.catalogue import paths
from allonce.products.catalogue.models import Catalogue, Version
from allonce.products.catalogue.publishing.standing import bodies, entries_at, pieces
from allonce.seams.catalogue import UnknownCatalogue


class PublishedCatalogues:
    """Answers the catalogue seam. Versions never change, so a few stay assembled in memory."""

    def get(self, account_id: UUID, version: int) -> Mapping[str, Any]:
        """The assembled Catalogue. Raises UnknownCatalogue."""
        known = Version.objects.filter(catalogue__account_id=account_id, number=version)
        if not known.exists():
            raise UnknownCatalogue(version)
        return _assembled(account_id, version)


@lru_cache(maxsize=8)
def _assembled(account_id: UUID, version: int) -> Mapping[str, Any]:
    catalogue = Catalogue.objects.get(account_id=account_id)
    found = pieces(entries_at(catalogue, version))
    texts = {path: piece for path, piece in found.items() if not path.startswith(paths.PICTURES)}
    assembled: Mapping[str, Any] = assemble({path: paths.from_bytes(body) for path, body in bodies(texts).items()})
    return assembled
