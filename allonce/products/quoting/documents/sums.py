"""The figures below the items: sums, VAT by rate, and what the alternatives would cost."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from allonce.products.quoting.documents.contract import DocumentJob
from allonce.products.quoting.documents.formats import money, share
from allonce.products.quoting.documents.items import chosen_totals

Totals = Mapping[str, Any]
Row = tuple[str, int, bool]


def sums(job: Mapping[str, Any], totals: Totals) -> list[dict[str, Any]]:
    """Label and amount from the items down to the balance; the total stands out."""
    rows = [
        *_before_total(totals),
        (_("Total including VAT"), totals["total"], True),
        *_after_total(job, totals),
    ]
    currency = totals["currency"]
    return [{"label": label, "value": money(amount, currency), "strong": strong} for label, amount, strong in rows]


def _before_total(totals: Totals) -> list[Row]:
    extra = [
        (_("Discount"), -totals["quote_discount"], False),
        (_("Fitting"), totals["fitting"], False),
        (_minimum_words(totals), totals["minimum_charge"], False),
        (_("VAT"), 0 if totals["prices_include_tax"] else totals["tax"], False),
    ]
    items = (_("Items"), totals["goods"] - totals["item_discounts"], False)
    return [items, *(row for row in extra if row[1])]


def _minimum_words(totals: Totals) -> str:
    """From the goods up to what: the charge is the difference."""
    goods = totals["goods"] - totals["item_discounts"] - totals["quote_discount"]
    minimum = money(goods + totals["minimum_charge"], totals["currency"])
    return _("Up to the minimum order of %(minimum)s") % {"minimum": minimum}


def _after_total(job: Mapping[str, Any], totals: Totals) -> list[Row]:
    if not totals["deposit"]:
        return []
    deposit = _("Deposit to be paid") if job["kind"] == "invoice" else _("Deposit")
    return [(deposit, totals["deposit"], False), (_("Balance on fitting"), totals["balance"], False)]


def taxes(totals: Totals) -> list[list[str]]:
    """Rate, net, VAT and total of each rate."""
    currency = totals["currency"]
    figures = ("net", "tax", "total")
    return [[share(row["bp"]), *(money(row[figure], currency) for figure in figures)] for row in totals["taxes"]]


def alternatives(document: DocumentJob) -> list[dict[str, str]]:
    """The other proposals for the same windows, against the chosen one."""
    chosen = document.job["chosen"]
    others = [proposal for proposal in document.job["proposals"] if proposal["id"] != chosen]
    priced = [(proposal, document.totals.get(proposal["id"])) for proposal in others]
    return [_alternative(document, proposal, totals) for proposal, totals in priced if totals and totals["ok"]]


def _alternative(document: DocumentJob, proposal: Mapping[str, Any], totals: Totals) -> dict[str, str]:
    currency = totals["currency"]
    difference = totals["total"] - chosen_totals(document)["total"]
    return {
        "name": proposal["name"],
        "summary": ", ".join(dict.fromkeys(line["product_name"] for line in totals["lines"])),
        "total": money(totals["total"], currency),
        "difference": ("+" if difference > 0 else "") + money(difference, currency),
    }
