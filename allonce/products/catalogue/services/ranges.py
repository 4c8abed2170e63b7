"""A product's ranges and colours: which fabrics and colours there are, their band, their limits."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from allonce.kernel.accounts.access import AccountAccess
from allonce.products.catalogue import paths
from allonce.products.catalogue.draft.ranges import Row, key_of, read_ranges, write_ranges
from allonce.products.catalogue.models import UndoStep
from allonce.products.catalogue.services.editing import Gone, Unusable, editing
from allonce.products.catalogue.services.products import need_product

Key = tuple[str, str]
MOST_ROWS = 20_000
LIMITS = ("min_width", "max_width", "min_drop", "max_drop", "max_area", "fabric_width", "repeat")


def replace_ranges(
    access: AccountAccess, product_id: str, rows: Iterable[Mapping[str, Any]], *, merge: bool = False
) -> UndoStep | None:
    """Replaces the product's rows, or with `merge` adds to them and overwrites those of the same range and
    colour.

    A row has `range`, `colour`, `band` (a band's id or its name) and the limits of
    docs/catalogue-format.md in mm; fields of None are left out. A merged row keeps its picture unless it
    brings one. Raises Gone and Unusable.
    """
    with editing(access, "ranges_replaced", about=paths.product(product_id), undoable=True) as edit:
        product = need_product(edit, product_id)
        known = {key_of(row): row for row in read_ranges(edit, product_id)} if merge else {}
        for row in rows:
            checked = _checked(row, product)
            known[key_of(checked)] = known.get(key_of(checked), {}) | checked
        _check_count(known)
        write_ranges(edit, product_id, known.values())
    return edit.undo


def save_row(access: AccountAccess, product_id: str, key: Key | None, row: Mapping[str, Any]) -> Row:
    """Adds a row (`key` None) or changes the one of that range and colour. Raises Gone and Unusable."""
    with editing(access, "range_saved", about=paths.product(product_id)) as edit:
        checked = _checked(row, need_product(edit, product_id))
        known = {key_of(each): each for each in read_ranges(edit, product_id)}
        if key is not None and key not in known:
            raise Gone()
        if key != key_of(checked) and key_of(checked) in known:
            raise Unusable(fields={"colour": _("This range has this colour already. Choose another name.")})
        kept = known.pop(key, {}) if key else {}
        known[key_of(checked)] = _picture_of(kept) | checked
        _check_count(known)
        write_ranges(edit, product_id, known.values())
    return known[key_of(checked)]


def change_rows(
    access: AccountAccess, product_id: str, keys: Sequence[Key], changes: Mapping[str, Any]
) -> UndoStep | None:
    """Sets the same fields on many rows; a value of None takes the field away."""
    with editing(access, "ranges_changed", about=paths.product(product_id), undoable=True) as edit:
        product = need_product(edit, product_id)
        wanted = set(keys)
        rows = read_ranges(edit, product_id)
        changed = [_checked({**row, **changes}, product) if key_of(row) in wanted else row for row in rows]
        write_ranges(edit, product_id, changed)
    return edit.undo


def delete_rows(access: AccountAccess, product_id: str, keys: Sequence[Key]) -> UndoStep | None:
    with editing(access, "ranges_deleted", about=paths.product(product_id), undoable=True) as edit:
        need_product(edit, product_id)
        going = set(keys)
        left = [row for row in read_ranges(edit, product_id) if key_of(row) not in going]
        write_ranges(edit, product_id, left)
    return edit.undo


def _checked(row: Mapping[str, Any], product: dict[str, Any]) -> Row:
    clean = {key: value for key, value in row.items() if value not in (None, "", False)}
    if not clean.get("range"):
        raise Unusable(fields={"range": _("Give the range a name.")})
    clean.setdefault("colour", _("Standard"))
    clean["band"] = _band_id(clean.get("band", ""), product)
    _check_limits(clean)
    return clean


def _band_id(band: str, product: dict[str, Any]) -> str:
    for known in product["bands"]:
        if band in (known["id"], known["name"]):
            return str(known["id"])
    names = ", ".join(known["name"] for known in product["bands"]) or _("none yet")
    said = {"band": band, "names": names}
    raise Unusable(fields={"band": _("There is no band “%(band)s”. Bands of this product: %(names)s.") % said})


def _check_limits(row: Row) -> None:
    for name in LIMITS:
        if name in row and not (isinstance(row[name], int) and 0 < row[name] <= 2_500_000_000):
            raise Unusable(fields={name: _("Give whole millimetres, 1 or more, or leave it empty.")})
    for low, high in (("min_width", "max_width"), ("min_drop", "max_drop")):
        if low in row and high in row and row[low] > row[high]:
            raise Unusable(fields={high: _("The largest size is smaller than the smallest.")})


def _check_count(rows: Mapping[Key, Row]) -> None:
    if len(rows) > MOST_ROWS:
        raise Unusable(_("A product has up to %(most)s ranges and colours.") % {"most": f"{MOST_ROWS:,}"})


def _picture_of(row: Row) -> Row:
    return {"picture": row["picture"]} if "picture" in row else {}
