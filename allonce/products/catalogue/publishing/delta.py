"""What a phone must take to get from the version that it holds to the one that stands."""

from dataclasses import dataclass

from allonce.products.catalogue.models import Catalogue, Version
from allonce.products.catalogue.publishing.standing import Piece, changes_between, entries_at, pieces


@dataclass(frozen=True)
class Delta:
    """`base` is the version that the change starts from; 0 means that everything held before is to be
    dropped."""

    version: int
    root: str
    base: int
    changed: list[Piece]
    removed: list[str]


def delta_from(catalogue: Catalogue, held: int) -> Delta:
    """The change from version `held` to the standing one, or the whole where `held` was never published
    here."""
    latest = Version.objects.filter(catalogue=catalogue, number=catalogue.version).first()
    if latest is None:
        return Delta(0, "0" * 64, 0, [], [])
    if not 0 < held <= latest.number:
        whole = pieces(entries_at(catalogue, latest.number))
        return Delta(latest.number, latest.root, 0, list(whole.values()), [])
    before, after = changes_between(catalogue, held, latest.number)
    removed = sorted(before.keys() - after.keys())
    return Delta(latest.number, latest.root, held, list(after.values()), removed)
