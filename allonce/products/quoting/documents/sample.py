"""A made-up job, so that a shop can see its documents before it has sent any."""

from typing import Any

from allonce.products.quoting.documents.contract import DocumentJob

WINDOWS = [
    ("Bay, left", "lounge", "Roller blind", "Linen", "Flax", 1180, 1420, 9495),
    ("Bay, centre", "lounge", "Roller blind", "Linen", "Flax", 1810, 1420, 12495),
    ("Bay, right", "lounge", "Roller blind", "Linen", "Flax", 1180, 1420, 9495),
    ("Sink", "kitchen", "Venetian blind", "Aluminium 25", "White", 905, 1050, 8795),
    ("Patio door", "kitchen", "Vertical blind", "Cord", "Dove", 2400, 2080, 18695),
    ("Front", "bedroom", "Curtains", "Harewood", "Moss", 1600, 2200, 31400),
]
VAT_BP = 2000
SKETCH = "M10 90 L10 20 L90 10 L90 90 Z M10 50 L90 50"
SIGNATURE = (
    "M20 70 C40 10 60 10 62 60 C64 90 80 30 96 34 C110 38 100 70 118 62 "
    "C140 52 150 20 160 44 C170 70 190 60 210 48 L280 40"
)


def sample_document(kind: str = "quote") -> DocumentJob:
    """A job of six windows in three rooms, with an alternative, a discount, a deposit and a signature."""
    items = [_item(number, *window) for number, window in enumerate(WINDOWS)]
    job = {
        "format": 1,
        "kind": kind,
        "number": "AM-A-00012",
        "revision": 1,
        "date": "2026-11-21",
        "valid_until": "2026-12-21",
        "surveyor": "Amira Malik",
        "customer": {
            "name": "Margaret Ashworth",
            "phone": "01632 960 118",
            "email": "margaret@example.org",
            "address": ["14 Quay Lane", "Littleport"],
            "postcode": "ZZ1 4QL",
        },
        "rooms": [{"id": room, "name": room.title()} for room in ("lounge", "kitchen", "bedroom")],
        "proposals": [
            {"id": "a", "name": "As measured", "items": items},
            {"id": "b", "name": "Shutters", "items": items},
        ],
        "chosen": "a",
        "notes": {
            "customer": "Fitting takes about three hours. Please clear the sills.",
            "fitter": "Park behind the house. The bay has a steel lintel: take the long bit.",
        },
        "signature": {
            "svg_path": SIGNATURE,
            "width": 300,
            "height": 100,
            "name": "M. Ashworth",
            "at": "2026-11-21T15:40:00Z",
        },
        "photos": [],
        "sketches": [{"id": "s1", "item": "i0", "svg_path": SKETCH, "width": 100, "height": 100}],
    }
    return DocumentJob(job, {"a": _totals(0), "b": _totals(4200)})


def _item(number: int, label: str, room: str, *_rest: object) -> dict[str, Any]:
    return {"id": f"i{number}", "label": label, "room": room, "mount": "recess" if number % 2 else "exact", "notes": ""}


def _totals(more: int) -> dict[str, Any]:
    lines = [_line(number, window, more) for number, window in enumerate(WINDOWS)]
    goods = sum(line["goods"] for line in lines)
    total = goods - 2000 + 4500
    net = (total * 10_000 + (10_000 + VAT_BP) // 2) // (10_000 + VAT_BP)
    return {
        "ok": True, "currency": "GBP", "prices_include_tax": True, "lines": lines, "goods": goods, "item_discounts": 0,
        "quote_discount": 2000, "fitting": 4500, "minimum_charge": 0, "tax": total - net, "net": net, "total": total,
        "taxes": [{"key": "standard", "bp": VAT_BP, "net": net, "tax": total - net, "total": total}],
        "deposit": total // 2, "balance": total - total // 2,
    }  # fmt: skip


def _line(number: int, window: tuple[Any, ...], more: int) -> dict[str, Any]:
    _label, _room, product, range_name, colour, width, drop, price = window
    motor = {"group_name": "Control", "extra_name": "Chain, right", "quantity": 1}
    return {
        "id": f"i{number}", "product_name": "Shutter" if more else product, "range": range_name, "colour": colour,
        "quantity": 1, "width": width, "drop": drop, "goods": price + more, "discount": 0, "discount_bp": 0,
        "extras": [motor] if number < 3 else [],
    }  # fmt: skip
