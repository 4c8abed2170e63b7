"""Handing chunks to the devices of the account that published them."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from allonce.kernel.errors import NotFound
from allonce.products.catalogue import paths
from allonce.products.catalogue.models import Catalogue, Chunk, Entry

MOST_BYTES_AN_ANSWER = 1_000_000


class NoSuchChunk(NotFound):
    """No chunk of this account has that hash; another account's looks the same."""

    code = "no_such_chunk"
    message = _("This piece of the catalogue does not exist.")


def chunk_bytes(catalogue: Catalogue, digest: str) -> bytes:
    """The chunk's bytes. Raises NoSuchChunk."""
    body = Chunk.objects.filter(catalogue=catalogue, hash=digest).values_list("body", flat=True).first()
    if body is None:
        raise NoSuchChunk()
    return bytes(body)


def chunk_texts(catalogue: Catalogue, hashes: Iterable[str]) -> dict[str, str]:
    """Texts of the chunks named, up to about a megabyte; pictures, unknown and further ones are absent."""
    wanted = list(dict.fromkeys(hashes))
    pictures = Entry.objects.filter(chunk=OuterRef("pk"), path__startswith=paths.PICTURES)
    sizes: dict[str, int] = {}
    for start in range(0, len(wanted), 500):
        some = Chunk.objects.filter(catalogue=catalogue, hash__in=wanted[start : start + 500])
        sizes.update(some.filter(~Exists(pictures)).values_list("hash", "size"))
    taken = _within_limit([digest for digest in wanted if digest in sizes], sizes)
    texts: dict[str, str] = {}
    for start in range(0, len(taken), 500):
        some = Chunk.objects.filter(catalogue=catalogue, hash__in=taken[start : start + 500])
        texts.update((digest, bytes(body).decode()) for digest, body in some.values_list("hash", "body"))
    return texts


def _within_limit(hashes: list[str], sizes: dict[str, int]) -> list[str]:
    """The first of `hashes` that fit into one answer; a single large one goes alone."""
    taken: list[str] = []
    total = 0
    for digest in hashes:
        total += sizes[digest]
        if taken and total > MOST_BYTES_AN_ANSWER:
            break
        taken.append(digest)
    return taken
