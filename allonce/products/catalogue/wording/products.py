"""The facts of a product, its extras and its ranges."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from allonce.products.catalogue.figures import money, percent
from allonce.products.catalogue.wording import Fact
from allonce.products.catalogue.wording.basics import basic_facts, limits_words
from allonce.products.catalogue.wording.rules import sentence

Facts = dict[Any, Fact]


def product_facts(product: dict[str, Any] | None) -> Facts:
    """Everything that a product says apart from its tables and ranges, each fact under a lasting key."""
    if product is None:
        return {}
    facts: Facts = dict(basic_facts(product))
    facts.update(_band_facts(product))
    for group in product["extras"]:
        facts.update(_group_facts(group))
    for rule in product["rules"]:
        facts["rule", rule["id"]] = Fact(_("Rule"), f"{sentence(product, rule)} {rule['message']}")
    return facts


def range_facts(rows: Iterable[dict[str, Any]], bands: dict[str, str]) -> Facts:
    """For each row a fact of its band, limits and end of sale, and one of its picture."""
    facts: Facts = {}
    for row in rows:
        name = f"{row['range']} {row['colour']}"
        facts[row["range"], row["colour"], 0] = Fact(name, _row_words(row, bands))
        if row.get("picture"):
            words = _("picture %(id)s") % {"id": row["picture"][-8:]}
            facts[row["range"], row["colour"], 1] = Fact(_("%(name)s, picture") % {"name": name}, words)
    return facts


def pricing_words(pricing: dict[str, Any]) -> str:
    """How an extra is priced, in words."""
    method = pricing["method"]
    if method == "fixed":
        return money(pricing["amount"])
    if method == "percent":
        base = _("the table price") if pricing["base"] == "table" else _("the goods")
        return _("%(share)s of %(base)s") % {"share": percent(pricing["bp"]), "base": base}
    if method == "area":
        return _("%(price)s per m²") % {"price": money(pricing["per_m2"])}
    if method == "metre":
        return _("%(price)s per metre") % {"price": money(pricing["per_m"])}
    return _("price table") if method == "table" else _("no charge")


def _band_facts(product: dict[str, Any]) -> Iterator[tuple[Any, Fact]]:
    for band in product["bands"]:
        yield ("band", band["id"]), Fact(_("Band"), band["name"])


def _group_facts(group: dict[str, Any]) -> Iterator[tuple[Any, Fact]]:
    choosing = {"one": _("choose one"), "many": _("choose any"), "quantity": _("choose how many")}
    required = _(", required") if group.get("required") else ""
    yield (
        ("group", group["id"]),
        Fact(_("Extras"), f"{group['name']} ({choosing[group['choose']]}{required})"),
    )
    for extra in group["extras"]:
        words = f"{extra['name']}, {pricing_words(extra['pricing'])}"
        if extra.get("default"):
            words += _(", chosen unless told otherwise")
        yield ("extra", group["id"], extra["id"]), Fact(group["name"], words)


def _row_words(row: dict[str, Any], bands: dict[str, str]) -> str:
    words = [_("band %(band)s") % {"band": bands.get(row["band"], row["band"])}, limits_words(row)]
    if row.get("discontinued"):
        words.append(_("no longer sold"))
    return ", ".join(word for word in words if word)
