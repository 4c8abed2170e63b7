"""A whole catalogue, product by product."""

from typing import Any

from allonce.pricing.check.findings import Findings
from allonce.pricing.check.rules import check_rules
from allonce.pricing.check.shape import ID, check_shape
from allonce.pricing.check.tables import check_table
from allonce.pricing.engine.selling import NO_MARKUP, NO_ROUNDING, SELLING
from allonce.pricing.types import Catalogue, DatedRate, Deposit, Extra, Group, Problem, Product, Table

NO_DEPOSIT: Deposit = {"kind": "none"}
LIMITS = (("min_width", "max_width"), ("min_drop", "max_drop"))
Tables = dict[str, Table]
Rates = dict[str, list[DatedRate]]


def check_catalogue(catalogue: Any) -> list[Problem]:
    """Everything that is wrong or odd in a catalogue, whatever shape it has."""
    findings = Findings()
    check_shape(catalogue, Catalogue, findings)
    if findings.problems:
        return findings.problems
    for table_id, table in catalogue["tables"].items():
        check_table(table, findings.at("tables", table_id))
    check_settings(catalogue, findings.at("settings"))
    check_rates(catalogue["tax_rates"], findings.at("tax_rates"))
    for product_id, product in catalogue["products"].items():
        judge_product(product, catalogue["tables"], catalogue["tax_rates"], findings.at("products", product_id))
    return findings.problems


def check_product(product: Any, tables: Tables, tax_rates: Rates) -> list[Problem]:
    """Everything that is wrong or odd in one product; its tables are checked too."""
    findings = Findings()
    check_shape(product, Product, findings)
    if findings.problems:
        return findings.problems
    for band in product["bands"]:
        if band["table"] in tables:
            check_table(tables[band["table"]], findings.at("tables", band["table"]))
    judge_product(product, tables, tax_rates, findings)
    return findings.problems


def judge_product(product: Product, tables: Tables, tax_rates: Rates, findings: Findings) -> None:
    """One product of the right shape."""
    if not tax_rates.get(product["tax"]):
        findings.at("tax").error("tax_unknown", key=product["tax"])
    check_bands(product, tables, findings)
    check_ranges(product, findings)
    check_extras(product, tables, findings)
    check_terms(product, findings)
    check_rules(product, findings)


def check_bands(product: Product, tables: Tables, findings: Findings) -> None:
    """Every band has a table of the product's kind."""
    if not product["bands"]:
        findings.at("bands").error("bands_missing")
    check_unique([band["id"] for band in product["bands"]], findings.at("bands"))
    used = {row["band"] for colours in product["ranges"].values() for row in colours.values()}
    for band in product["bands"]:
        here = findings.at("bands", band["id"])
        if band["table"] not in tables:
            here.error("table_missing", band=band["name"], table=band["table"])
        elif tables[band["table"]]["kind"] != product["method"]:
            here.error("table_kind", band=band["name"], method=product["method"], kind=tables[band["table"]]["kind"])
        if used and band["id"] not in used:
            here.warn("band_unused", band=band["name"])


def check_ranges(product: Product, findings: Findings) -> None:
    """Every range has a band that exists, and limits the right way round."""
    bands = {band["id"] for band in product["bands"]}
    for name, colours in product["ranges"].items():
        for colour, row in colours.items():
            here = findings.at("ranges", name, colour)
            if row["band"] not in bands:
                here.error("band_missing", band=row["band"])
            check_limits(dict(row), here)


def check_limits(limits: dict[str, Any], findings: Findings) -> None:
    """Above nothing, smallest not above largest."""
    for smallest, largest in LIMITS:
        for name in (smallest, largest):
            if limits.get(name, 1) <= 0:
                findings.at(name).error("size_not_positive", size=limits[name])
        if limits.get(smallest, 0) > limits.get(largest, limits.get(smallest, 0)):
            findings.at(smallest).error("limits_crossed", smallest=limits[smallest], largest=limits[largest])


def check_extras(product: Product, tables: Tables, findings: Findings) -> None:
    """Groups and extras by themselves."""
    check_unique([group["id"] for group in product["extras"]], findings.at("extras"))
    for group in product["extras"]:
        here = findings.at("extras", group["id"])
        check_unique([extra["id"] for extra in group["extras"]], here)
        check_group(group, here)
        for extra in group["extras"]:
            check_extra(extra, tables, here.at(extra["id"]))


def check_group(group: Group, findings: Findings) -> None:
    """Something to choose, and one default where one is chosen."""
    if not group["extras"]:
        findings.warn("group_empty", group=group["name"])
    if group["choose"] == "one" and sum(extra.get("default", False) for extra in group["extras"]) > 1:
        findings.error("defaults_many", group=group["name"])


def check_extra(extra: Extra, tables: Tables, findings: Findings) -> None:
    """What its pricing needs is there."""
    pricing = extra["pricing"]
    needed = {
        "fixed": ["amount"],
        "percent": ["bp"],
        "table": ["table"],
        "area": ["per_m2"],
        "metre": ["per_m", "along"],
    }
    for name in needed.get(pricing["method"], []):
        if name not in pricing:
            findings.at("pricing", name).error("shape_missing")
    table = pricing.get("table", "")
    if pricing["method"] == "table" and table and table not in tables:
        findings.error("extra_table_missing", extra=extra["name"], table=table)
    elif pricing["method"] == "table" and table and tables[table]["kind"] not in ("grid", "width"):
        findings.error("extra_table_kind", extra=extra["name"], table=table)
    if extra.get("per") == "line" and pricing["method"] == "percent":
        findings.warn("percent_per_line", extra=extra["name"])


def check_terms(product: Product, findings: Findings) -> None:
    """Limits, margin, discount, rounding, and the fabric of curtains."""
    check_limits(dict(product.get("limits", {})), findings.at("limits"))
    cost = product.get("cost", SELLING)
    markup = cost.get("markup", NO_MARKUP)
    if markup["kind"] == "margin" and markup.get("bp", 0) >= 10_000:
        findings.at("cost").error("margin_too_large")
    if not 0 <= cost.get("supplier_discount_bp", 0) <= 10_000 or markup.get("bp", 0) < 0:
        findings.at("cost").error("share_out_of_bounds")
    rounding = product.get("rounding", NO_ROUNDING)
    if rounding["kind"] in ("up_to", "nearest") and rounding.get("step", 0) < 1:
        findings.at("rounding").error("step_missing")
    check_curtain(product, findings.at("curtain"))


def check_curtain(product: Product, findings: Findings) -> None:
    """Priced by widths of fabric, a product must say how much fabric it takes."""
    curtain = product.get("curtain")
    if curtain is None:
        if product["method"] == "widths_drop":
            findings.error("curtain_missing")
        return
    if curtain["fabric_width"] < 1 or curtain["fullness_bp"] < 10_000:
        findings.error("curtain_bad")
    if min(curtain["side_allowance"], curtain["hem_allowance"]) < 0 or curtain["panels"] not in (1, 2):
        findings.error("curtain_bad")


def check_rates(tax_rates: Rates, findings: Findings) -> None:
    """Rates in order of date, none below nothing."""
    for key, rates in tax_rates.items():
        here = findings.at(key)
        dates = [rate["from"] for rate in rates]
        if dates != sorted(set(dates)):
            here.error("rates_not_ascending", key=key)
        if any(not 0 <= rate["bp"] <= 10_000 for rate in rates):
            here.error("share_out_of_bounds")


def check_settings(catalogue: Catalogue, findings: Findings) -> None:
    """Taxes that the settings name, and shares within bounds."""
    settings = catalogue["settings"]
    fitting = settings.get("fitting")
    minimum = settings.get("minimum_order")
    keys = [fitting["tax"]] if fitting else []
    keys += [minimum.get("tax", "standard")] if minimum and minimum["action"] == "charge" else []
    for key in keys:
        if key not in catalogue["tax_rates"]:
            findings.error("tax_unknown", key=key)
    shares = [settings.get("max_discount_bp", 0), settings.get("deposit", NO_DEPOSIT).get("bp", 0)]
    if any(not 0 <= share <= 10_000 for share in shares):
        findings.error("share_out_of_bounds")


def check_unique(ids: list[str], findings: Findings) -> None:
    """No id twice, and each an id by the rule."""
    for one in sorted(set(ids)):
        if not ID.fullmatch(one):
            findings.error("id_bad", id=one)
        if ids.count(one) > 1:
            findings.error("id_twice", id=one)
