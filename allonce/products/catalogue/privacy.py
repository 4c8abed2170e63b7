"""A Catalogue holds products and prices only: `personal.py` refuses personal data before it is stored."""

from typing import Literal

from allonce.kernel.declarations import declare

REFUSED: tuple[Literal["none"], str] = ("none", "catalogue pieces; texts that look personal are refused when saved")

declare("catalogue.Catalogue", subject=None, id="none", account="none", revision="none", version="none")
declare("catalogue.Part", subject=None, id="none", catalogue="none", path="none", body=REFUSED, changed="none")
declare(
    "catalogue.UndoStep",
    subject=None,
    id="none",
    catalogue="none",
    before=REFUSED,
    after=("none", "hashes by path"),
    made_at="none",
)
declare(
    "catalogue.Version",
    subject=None,
    id="none",
    catalogue="none",
    number="none",
    root="none",
    restores="none",
    changed_parts="none",
    changed_bytes="none",
    published_at="none",
    published_by=("none", "an opaque id that means nothing once the person is erased"),
)
declare("catalogue.Chunk", subject=None, id="none", catalogue="none", hash="none", body=REFUSED, size="none")
declare(
    "catalogue.Entry",
    subject=None,
    id="none",
    catalogue="none",
    path="none",
    chunk="none",
    from_version="none",
    to_version="none",
)
declare(
    "catalogue.SheetImport",
    subject=None,
    id="none",
    catalogue="none",
    state="none",
    product="none",
    name=REFUSED,
    cells=REFUSED,
    macros="none",
    left_out="none",
    answers=REFUSED,
    corrections=REFUSED,
    confirmed=("none", "places of cells"),
    targets=REFUSED,
    counts=("none", "numbers of tables, prices and ranges"),
    before=REFUSED,
    after=("none", "hashes by path"),
    made_at="none",
    changed_at="none",
)
