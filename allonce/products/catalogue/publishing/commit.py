"""Turns pieces into a version: the one place that writes Version, Chunk and Entry."""

from collections.abc import Mapping
from uuid import UUID

from allonce.pricing.chunks import ROOTS, entry_number
from allonce.products.catalogue import paths
from allonce.products.catalogue.models import Catalogue, Chunk, Entry, Version
from allonce.products.catalogue.publishing.standing import Piece, standing

Chunks = Mapping[str, Chunk | None]


def store_chunks(catalogue: Catalogue, bodies: Mapping[str, bytes]) -> dict[str, Chunk]:
    """Chunks for these bodies, by path; bytes already known are not stored again."""
    hashes = {path: paths.hash_of(body) for path, body in bodies.items()}
    fresh = {
        hashes[path]: Chunk(catalogue=catalogue, hash=hashes[path], body=body, size=len(body))
        for path, body in bodies.items()
    }
    Chunk.objects.bulk_create(fresh.values(), batch_size=200, ignore_conflicts=True)
    known = _chunks_by_hash(catalogue, list(fresh))
    return {path: known[digest] for path, digest in hashes.items()}


def commit(catalogue: Catalogue, chunks: Chunks, *, by: UUID | None, restores: int | None = None) -> Version | None:
    """Makes the next version with `chunks` standing at their paths (None: nothing stands there any more).

    Its cost follows the number of paths given. Returns None where everything given stands already. The
    caller holds the Catalogue's lock.
    """
    before = standing(catalogue, chunks)
    changed = {path: chunk for path, chunk in chunks.items() if _differs(before.get(path), chunk)}
    if not changed:
        return None
    latest = Version.objects.filter(catalogue=catalogue).order_by("-number").first()
    number = latest.number + 1 if latest else 1
    _move_entries(catalogue, changed, number)
    catalogue.version = number
    catalogue.save(update_fields=["version"])
    return Version.objects.create(
        catalogue=catalogue,
        number=number,
        root=_moved_root(latest.root if latest else "0", before, changed),
        restores=restores,
        changed_parts=len(changed),
        changed_bytes=sum(chunk.size for chunk in changed.values() if chunk),
        published_by=by,
    )


def _chunks_by_hash(catalogue: Catalogue, hashes: list[str]) -> dict[str, Chunk]:
    found: dict[str, Chunk] = {}
    for start in range(0, len(hashes), 500):
        some = Chunk.objects.filter(catalogue=catalogue, hash__in=hashes[start : start + 500]).defer("body")
        found.update((chunk.hash, chunk) for chunk in some)
    return found


def _differs(before: Piece | None, after: Chunk | None) -> bool:
    return (before.hash if before else None) != (after.hash if after else None)


def _move_entries(catalogue: Catalogue, changed: Chunks, number: int) -> None:
    moved = list(changed)
    for start in range(0, len(moved), 500):
        ending = Entry.objects.filter(catalogue=catalogue, to_version=None, path__in=moved[start : start + 500])
        ending.update(to_version=number)
    Entry.objects.bulk_create(
        [
            Entry(catalogue=catalogue, path=path, chunk=chunk, from_version=number)
            for path, chunk in changed.items()
            if chunk
        ],
        batch_size=200,
    )


def _moved_root(root: str, before: Mapping[str, Piece], changed: Chunks) -> str:
    total = int(root, 16)
    for path, chunk in changed.items():
        if path in before:
            total -= entry_number(path, before[path].hash)
        if chunk:
            total += entry_number(path, chunk.hash)
    return f"{total % ROOTS:064x}"
