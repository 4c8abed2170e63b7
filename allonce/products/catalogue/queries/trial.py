"""A trial price from the draft, with every step of it."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from allonce.kernel.clock import today
from allonce.pricing import apply_rules, price_line
from allonce.products.catalogue.draft import Draft, products, ranges, tables
from allonce.products.catalogue.draft.ranges import Row
from allonce.products.catalogue.figures import with_currency
from allonce.products.catalogue.wording.prices import Explainer

LONGEST = 50_000


@dataclass(frozen=True)
class Step:
    """One line of the explanation."""

    label: str
    amount: str
    informs: bool


@dataclass(frozen=True)
class Trial:
    """What a trial came to. `problems` are (severity, message) pairs."""

    ok: bool
    total: str
    net: str
    tax: str
    steps: list[Step]
    problems: list[tuple[str, str]]
    offers: list[dict[str, Any]]


def item_from(posted: QueryDict, product: dict[str, Any], rows: list[Row]) -> dict[str, Any]:
    """The item that the trial form describes, with sensible figures where nothing was typed yet."""
    offered = sorted({row["range"] for row in rows})
    chosen = posted.get("range", "")
    range_name = chosen if chosen in offered else next(iter(offered), "")
    colours = [row["colour"] for row in rows if row["range"] == range_name]
    colour = posted.get("colour", "")
    return {
        "id": "i_trial",
        "product": product["id"],
        "range": range_name,
        "colour": colour if colour in colours else next(iter(colours), ""),
        "width": _size(posted.get("width", ""), 1200),
        "drop": _size(posted.get("drop", ""), 1400),
        "quantity": min(10_000, _size(posted.get("quantity", ""), 1)),
        "mount": "recess" if posted.get("mount") == "recess" else "exact",
        "choices": _choices(posted, product),
    }


def try_item(draft: Draft, product: dict[str, Any], rows: list[Row], item: Any) -> Trial:
    """Prices the item as a phone would if the draft were published now."""
    catalogue: Any = _catalogue_for(draft, product, rows, item)
    line = price_line(catalogue, item, today().isoformat())
    currency = catalogue["currency"]
    explain = Explainer(currency)
    return Trial(
        ok=line["ok"],
        total=with_currency(line["total"], currency),
        net=with_currency(line["net"], currency),
        tax=with_currency(line["tax"], currency),
        steps=[_step(step, explain, currency) for step in line["steps"]],
        problems=[(problem["severity"], explain.problem(problem)) for problem in line["problems"]],
        offers=_offers(product, apply_rules(catalogue, item)["groups"], line["choices"]),
    )


def _offers(product: dict[str, Any], states: Any, chosen: Any) -> list[dict[str, Any]]:
    """The groups that the rules show for this item, each with whether it needs and has a choice."""
    return [
        {
            **{key: group[key] for key in ("id", "name", "choose")},
            "required": states[group["id"]]["required"],
            "chosen": bool(chosen.get(group["id"])),
            "extras": _offered(group, states[group["id"]]["extras"], chosen.get(group["id"], {})),
        }
        for group in product["extras"]
        if states[group["id"]]["shown"]
    ]


def _offered(group: dict[str, Any], states: Any, chosen: Any) -> list[dict[str, Any]]:
    return [
        {
            "id": extra["id"],
            "name": extra["name"],
            "allowed": states[extra["id"]]["allowed"],
            "chosen": chosen.get(extra["id"], 0),
        }
        for extra in group["extras"]
        if states[extra["id"]]["shown"]
    ]


def _step(step: Any, explain: Explainer, currency: str) -> Step:
    informs = step["amount"] == 0
    return Step(explain.step(step), "" if informs else with_currency(step["amount"], currency), informs)


def _size(text: str, usual: int) -> int:
    plain = text.strip()
    return min(LONGEST, int(plain)) if plain.isdigit() else usual


def _choices(posted: QueryDict, product: dict[str, Any]) -> dict[str, dict[str, int]]:
    """Choices made in the form; a group that the form did not ask for is left open, so that defaults apply."""
    choices: dict[str, dict[str, int]] = {}
    for group in product["extras"]:
        name = f"choice-{group['id']}"
        if f"asked-{group['id']}" not in posted:
            continue
        wanted = set(posted.getlist(name))
        choices[group["id"]] = {
            extra["id"]: _size(posted.get(f"count-{extra['id']}", ""), 1)
            for extra in group["extras"]
            if extra["id"] in wanted
        }
    return choices


def _catalogue_for(draft: Draft, product: dict[str, Any], rows: list[Row], item: dict[str, Any]) -> dict[str, Any]:
    """The draft, narrowed to this product and this range: what a phone has and a trial needs."""
    in_range = [row for row in rows if row["range"] == item["range"]]
    needed = {row["band"] for row in in_range} or {band["id"] for band in product["bands"][:1]}
    narrowed = product | {"bands": [band for band in product["bands"] if band["id"] in needed]}
    found = {table_id: tables.read_table(draft, table_id) for table_id in products.tables_used(narrowed)}
    return {
        **products.read_settings(draft),
        "tax_rates": products.read_taxes(draft),
        "products": {product["id"]: narrowed | {"ranges": ranges.nested(in_range)}},
        "tables": {table_id: table for table_id, table in found.items() if table},
    }
