"""The items of a job, room by room, as each document shows them."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from allonce.products.quoting.documents.contract import Brand, DocumentJob
from allonce.products.quoting.documents.formats import money, share, size

Data = dict[str, Any]
Fields = Mapping[str, Any]
Entry = Callable[[DocumentJob, Brand, Fields, Fields], Data]


def chosen_totals(document: DocumentJob) -> Fields:
    """The priced result of the proposal that the Customer chose."""
    return document.totals[document.job["chosen"]]


def grouped(document: DocumentJob, brand: Brand, entry: Entry) -> list[Data]:
    """The chosen proposal's items by room, in the surveyor's order; items of no known room come last."""
    job = document.job
    proposal = next(one for one in job["proposals"] if one["id"] == job["chosen"])
    lines = {line["id"]: line for line in chosen_totals(document)["lines"]}
    names = {room["id"]: room["name"] for room in job.get("rooms", [])}
    rooms: dict[str | None, list[Data]] = {room: [] for room in [*names, None]}
    for item in proposal["items"]:
        room = item.get("room")
        shown = entry(document, brand, item, lines[item["id"]])
        rooms[room if room in names else None].append(shown)
    return [{"room": names.get(room, _("Items")), "items": inside} for room, inside in rooms.items() if inside]


def _item(brand: Brand, item: Fields, line: Fields) -> Data:
    label = item.get("label", "")
    return {
        "title": f"{label}: {line['product_name']}" if label else line["product_name"],
        "width": line["width"],
        "drop": line["drop"],
        "quantity": str(line["quantity"]),
        "fabric": " ".join(part for part in (line["range"], line["colour"]) if part),
        "size": size(line["width"], line["drop"], brand.units),
        "extras": _extras(line["extras"]),
    }


def _extras(extras: Iterable[Fields]) -> list[str]:
    return [
        f"{extra['group_name']}: {extra['extra_name']}" + (f" x {extra['quantity']}" if extra["quantity"] > 1 else "")
        for extra in extras
    ]


def customer_item(document: DocumentJob, brand: Brand, item: Fields, line: Fields) -> Data:
    """One item with its price, as the Customer reads it; its note is the fitter's."""
    shown = _item(brand, item, line)
    measured = shown["size"] if brand.show_sizes else ""
    reduced = _("less %(share)s") % {"share": share(line["discount_bp"])} if line["discount"] else ""
    details = [shown["fabric"], measured, ", ".join(shown["extras"]), reduced]
    price = money(line["goods"] - line["discount"], chosen_totals(document)["currency"])
    return {**shown, "details": [detail for detail in details if detail], "price": price}


def worksheet_item(document: DocumentJob, brand: Brand, item: Fields, line: Fields) -> Data:
    """One item as the fitter needs it: large size, how it was measured, its pictures; no price."""
    shown = _item(brand, item, line)
    mounts = {"recess": _("Recess size"), "exact": _("Exact size")}
    return {
        **shown,
        "details": [detail for detail in (shown["fabric"], *shown["extras"]) if detail],
        "mount": mounts.get(item.get("mount", ""), ""),
        "note": item.get("notes", ""),
        "pictures": pictures_of(document, item["id"]),
    }


def pictures_of(document: DocumentJob, item_id: str | None) -> list[dict[str, str]]:
    """The readable photos and sketches of one item, or with None those of the whole job."""
    listed = [*document.job.get("photos", []), *document.job.get("sketches", [])]
    mine = [found for found in listed if (found.get("item") or None) == item_id and found["id"] in document.photos]
    return [
        {"id": found["id"], "file": f"{found['id']}.svg", "alt": found.get("caption") or _("Picture")} for found in mine
    ]
