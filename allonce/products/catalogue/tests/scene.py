"""A small Catalogue to edit, and a phone's own idea of synchronising it."""

from dataclasses import dataclass, field
from typing import Any

from allonce.kernel.accounts.access import AccountAccess
from allonce.pricing.chunks import assemble, chunk_hash, root
from allonce.products.catalogue import paths
from allonce.products.catalogue.draft import products as draft_products
from allonce.products.catalogue.models import Version
from allonce.products.catalogue.publishing.delta import delta_from
from allonce.products.catalogue.queries.chunks import chunk_bytes
from allonce.products.catalogue.services import products, ranges, tables
from allonce.products.catalogue.services.editing import draft_of
from allonce.products.catalogue.services.publish import publish
from allonce.products.catalogue.services.tables import TableContent

GRID = TableContent("grid", widths=[800, 1200, 1600], drops=[1000, 1400], rows=[[3900, 4200, None], [4100, 4400, 5200]])


def make_product(access: AccountAccess, name: str = "Roller", bands: str = "AB") -> str:
    """A roller blind with one table a band and two colours."""
    product_id = products.create_product(access, name, "roller")
    tables.replace_tables(access, product_id, dict.fromkeys(bands, GRID))
    rows: list[dict[str, Any]] = [
        {"range": "Cedar", "colour": "Teak", "band": "A", "max_width": 1500},
        {"range": "Cedar", "colour": "Ash", "band": bands[-1]},
    ]
    ranges.replace_ranges(access, product_id, rows)
    return product_id


def table_of(access: AccountAccess, product_id: str, band: str = "A") -> str:
    """The table that a band points to."""
    product = products.need_product(draft_of(access), product_id)
    return next(str(each["table"]) for each in product["bands"] if each["name"] == band)


def publish_now(access: AccountAccess) -> Version:
    """Publishes the draft as it is."""
    return publish(access, draft_of(access).catalogue.revision)


def draft_now(access: AccountAccess) -> dict[str, Any]:
    """The assembled draft."""
    return draft_products.assemble(draft_of(access))


@dataclass
class Pocket:
    """What a phone holds: pieces by path, each checked, and the version that they make."""

    access: AccountAccess
    version: int = 0
    pieces: dict[str, str] = field(default_factory=dict)
    bodies: dict[str, bytes] = field(default_factory=dict)
    taken: int = 0

    def sync(self) -> None:
        """Takes the change, fetches the chunks that it lacks, and proves the whole by its root."""
        catalogue = draft_of(self.access).catalogue
        change = delta_from(catalogue, self.version)
        pieces = dict(self.pieces) if change.base else {}
        for path in change.removed:
            del pieces[path]
        for piece in change.changed:
            pieces[piece.path] = piece.hash
            if piece.hash not in self.bodies:
                self.bodies[piece.hash] = chunk_bytes(catalogue, piece.hash)
                self.taken += piece.size
        assert root(pieces.items()) == change.root
        self.pieces, self.version = pieces, change.version

    def catalogue(self) -> Any:
        """The assembled Catalogue, every chunk checked against its hash."""
        texts = {
            path: self.bodies[digest].decode()
            for path, digest in self.pieces.items()
            if not path.startswith(paths.PICTURES)
        }
        assert all(chunk_hash(text) == self.pieces[path] for path, text in texts.items())
        return assemble({path: paths.from_bytes(text.encode()) for path, text in texts.items()})
