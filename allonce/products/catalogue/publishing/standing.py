"""What stands at each path in a version, and what two versions do not share. Every read is a range of an
index."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from allonce.products.catalogue.models import Catalogue, Chunk, Entry


@dataclass(frozen=True)
class Piece:
    """A chunk at a path, without its bytes."""

    path: str
    chunk_id: int
    hash: str
    size: int


def entries_at(catalogue: Catalogue, version: int) -> QuerySet[Entry]:
    """The entries that stood in `version`."""
    ended = Q(to_version=None) | Q(to_version__gt=version)
    return Entry.objects.filter(ended, catalogue=catalogue, from_version__lte=version)


def pieces(entries: QuerySet[Entry]) -> dict[str, Piece]:
    rows = entries.values_list("path", "chunk_id", "chunk__hash", "chunk__size")
    return {path: Piece(path, chunk_id, digest, size) for path, chunk_id, digest, size in rows}


def standing(catalogue: Catalogue, among: Iterable[str]) -> dict[str, Piece]:
    """What stands now at the paths `among`."""
    found: dict[str, Piece] = {}
    wanted = list(among)
    for start in range(0, len(wanted), 500):
        some = Entry.objects.filter(catalogue=catalogue, to_version=None, path__in=wanted[start : start + 500])
        found.update(pieces(some))
    return found


def bodies(found: Mapping[str, Piece]) -> dict[str, bytes]:
    """The bytes of these pieces, by path."""
    wanted = list({piece.chunk_id for piece in found.values()})
    stored: dict[int, bytes] = {}
    for start in range(0, len(wanted), 500):
        chunks = Chunk.objects.filter(pk__in=wanted[start : start + 500]).values_list("pk", "body")
        stored.update((key, bytes(body)) for key, body in chunks)
    return {path: stored[piece.chunk_id] for path, piece in found.items()}


def began_after(catalogue: Catalogue, version: int, until: int) -> QuerySet[Entry]:
    """Entries that stand in `until` and did not stand in `version`; both published, `version` the older."""
    return entries_at(catalogue, until).filter(from_version__gt=version)


def ended_after(catalogue: Catalogue, version: int, until: int) -> QuerySet[Entry]:
    """Entries that stood in `version` and no longer stand in `until`."""
    return Entry.objects.filter(
        catalogue=catalogue, from_version__lte=version, to_version__gt=version, to_version__lte=until
    )


def changes_between(catalogue: Catalogue, older: int, newer: int) -> tuple[dict[str, Piece], dict[str, Piece]]:
    """The pieces of `older` and of `newer` that differ, by path; equal pieces appear in neither."""
    before = pieces(ended_after(catalogue, older, newer))
    after = pieces(began_after(catalogue, older, newer))
    same = {path for path in before.keys() & after.keys() if before[path].hash == after[path].hash}
    return _without(before, same), _without(after, same)


def _without(found: dict[str, Piece], same: set[str]) -> dict[str, Piece]:
    return {path: piece for path, piece in found.items() if path not in same}
