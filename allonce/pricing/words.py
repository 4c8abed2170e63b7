"""Sentences for steps and problems, in one place, for office, documents and phone alike.

Part of the translated subset. Callers bring `translate(template)` and `show(kind, value)`, which
writes money, length, area and percent in their own units; `show_plain` is the simple one.
"""

from typing import Any

from allonce.pricing.engine.primitives import is_list, is_whole
from allonce.pricing.types import Problem, Show, Step, Translate


def gettext_noop(text: str) -> str:
    """Mark a template for the translators; `translate` looks it up when it is shown."""
    return text


STEP_WORDS = {
    "size_adjusted": gettext_noop("Priced as {width} x {drop}"),
    "fabric one": gettext_noop("1 width of {fabric_width}, cut drop {cut_drop}, {fabric_length} of fabric"),
    "fabric": gettext_noop("{widths} widths of {fabric_width}, cut drop {cut_drop}, {fabric_length} of fabric"),
    "table": gettext_noop("Band {band}"),
    "table grid": gettext_noop("Band {band}, priced in the table at {table_width} x {table_drop}"),
    "table width": gettext_noop("Band {band}, priced in the table at {table_width}"),
    "table area": gettext_noop("Band {band}, by area of {width} x {drop}"),
    "table metre": gettext_noop("Band {band}, by length"),
    "table widths_drop": gettext_noop("Band {band}, drop up to {table_drop}"),
    "extra one": gettext_noop("{group}: {extra}"),
    "extra": gettext_noop("{group}: {extra} ({quantity})"),
    "line_extra one": gettext_noop("{group}: {extra}, once for the item"),
    "line_extra": gettext_noop("{group}: {extra} ({quantity}), once for the item"),
    "percent_extra table": gettext_noop("{group}: {extra}, {bp} of the table price {of}"),
    "percent_extra goods": gettext_noop("{group}: {extra}, {bp} of the goods {of}"),
    "supplier_discount": gettext_noop("Supplier's discount, {bp} of {of}"),
    "markup": gettext_noop("Mark-up, {bp} of cost {of}"),
    "margin": gettext_noop("Margin of {bp} on cost {of}"),
    "tax_into_price": gettext_noop("Tax at {bp} on {of}, into the price"),
    "minimum_price": gettext_noop("Up to the minimum price {minimum}"),
    "rounding": gettext_noop("Rounded to {to}"),
    "quantity one": gettext_noop("1 piece at {unit}"),
    "quantity": gettext_noop("{quantity} pieces at {unit}"),
    "discount": gettext_noop("Discount, {bp} of {of}"),
    "quote_discount": gettext_noop("Discount on the whole quote"),
    "fitting each one": gettext_noop("Fitting, 1 piece"),
    "fitting each": gettext_noop("Fitting, {quantity} pieces"),
    "fitting line": gettext_noop("Fitting"),
    "tax_included": gettext_noop("Tax at {bp} is included: {tax}"),
    "tax_added": gettext_noop("Tax at {bp} on {net}"),
    "goods": gettext_noop("Goods"),
    "item_discounts": gettext_noop("Discounts on items"),
    "fitting_total": gettext_noop("Fitting"),
    "minimum_charge": gettext_noop("Up to the minimum order of {minimum}, from goods of {goods}"),
}

PROBLEM_WORDS = {
    "size_missing width": gettext_noop("Enter a width."),
    "size_missing drop": gettext_noop("Enter a drop."),
    "size_not_whole width": gettext_noop("The width must be a whole number of millimetres."),
    "size_not_whole drop": gettext_noop("The drop must be a whole number of millimetres."),
    "size_negative width": gettext_noop("The width cannot be less than nothing."),
    "size_negative drop": gettext_noop("The drop cannot be less than nothing."),
    "size_absurd width": gettext_noop("A width of {size} cannot be right; the most is {limit}."),
    "size_absurd drop": gettext_noop("A drop of {size} cannot be right; the most is {limit}."),
    "size_too_small_adjusted": gettext_noop("After deductions nothing is left of this size."),
    "quantity_bad": gettext_noop("The quantity must be a whole number from 1 to {most}."),
    "discount_bad": gettext_noop("The discount must be between nothing and the whole price."),
    "discount_over_goods": gettext_noop("The discount of {discount} is more than the goods of {goods}."),
    "discount_over_limit": gettext_noop("A discount of {given_bp} is more than the {limit_bp} allowed."),
    "deposit_bad": gettext_noop("The deposit must be between nothing and the whole price."),
    "below_minimum_order": gettext_noop("Goods of {goods} are below the minimum order of {minimum}."),
    "below_minimum_order refuse": gettext_noop(
        "Goods of {goods} are below the minimum order of {minimum}. Add goods, or give less discount."
    ),
    "product_unknown": gettext_noop("This product is not in the catalogue any more."),
    "range_missing": gettext_noop("Choose a range and colour."),
    "range_unknown": gettext_noop("{range} {colour} is not in the catalogue."),
    "band_missing": gettext_noop("This range belongs to a band that has no prices."),
    "table_missing": gettext_noop("Band {band} has no price table."),
    "table_unusable": gettext_noop("The price table of band {band} does not fit this product."),
    "tax_rate_missing": gettext_noop("There is no tax rate for {key} on {date}."),
    "table_too_wide": gettext_noop("Not offered at this width: the largest is {table_width}."),
    "table_too_wide widths_drop": gettext_noop("Not offered at this width: too many widths of fabric."),
    "table_too_long": gettext_noop("Not offered at this drop: the largest is {table_drop}."),
    "on_application": gettext_noop("Price on application at this size."),
    "extra_not_offered": gettext_noop("{group}: {extra} is not offered at {width} x {drop}."),
    "too_small range width": gettext_noop("Width {size} is below this range's smallest of {limit}."),
    "too_small range drop": gettext_noop("Drop {size} is below this range's smallest of {limit}."),
    "too_large range width": gettext_noop("Width {size} is above this range's largest of {limit}."),
    "too_large range drop": gettext_noop("Drop {size} is above this range's largest of {limit}."),
    "too_small product width": gettext_noop("Width {size} is below the smallest of {limit}."),
    "too_small product drop": gettext_noop("Drop {size} is below the smallest of {limit}."),
    "too_large product width": gettext_noop("Width {size} is above the largest of {limit}."),
    "too_large product drop": gettext_noop("Drop {size} is above the largest of {limit}."),
    "too_large_area range": gettext_noop("{area} is above this range's largest area of {area_limit}."),
    "too_large_area product": gettext_noop("{area} is above the largest area of {area_limit}."),
    "discontinued": gettext_noop("{range} is discontinued."),
    "fabric_width_missing": gettext_noop("The width of the fabric is not known."),
    "panels_bad": gettext_noop("Choose a pair or a single curtain."),
    "choices_unreadable": gettext_noop("The choices cannot be read."),
    "choice_unknown": gettext_noop("A choice made before is not in the catalogue any more."),
    "choose_one": gettext_noop("{group}: choose only one."),
    "extra_quantity_bad": gettext_noop("{group}: {extra} can be chosen from 1 to {most} times."),
    "choice_hidden": gettext_noop("{group}: {extra} does not apply now and is left out."),
    "choice_forbidden": gettext_noop("{group}: {extra} cannot be chosen. {reasons}"),
    "choice_required": gettext_noop("{group} {extra} must be chosen. {reasons}"),
    "item_forbidden": gettext_noop("This combination is not offered. {reasons}"),
    "rules_unsettled": gettext_noop("The product's rules contradict each other. Tell the office."),
}

KINDS = {
    "smallest": "length", "largest": "length", "after": "length", "price": "money", "before": "money",
    "of": "money", "unit": "money", "minimum": "money", "to": "money", "goods": "money", "discount": "money",
    "tax": "money", "net": "money", "width": "length", "drop": "length", "table_width": "length",
    "table_drop": "length", "size": "length", "limit": "length", "fabric_width": "length", "cut_drop": "length",
    "fabric_length": "length", "area": "area", "area_limit": "area", "bp": "percent", "limit_bp": "percent",
    "given_bp": "percent", "fullness_bp": "percent",
}  # fmt: skip


def step_label(step: Step, translate: Translate, show: Show) -> str:
    """What a step's amount is for."""
    return sentence(STEP_WORDS, step["code"], step["params"], translate, show)


def problem_message(problem: Problem, translate: Translate, show: Show) -> str:
    """What is wrong, as a sentence for the person at the screen."""
    return sentence(PROBLEM_WORDS, problem["code"], problem["params"], translate, show)


def sentence(words: dict[str, str], code: str, params: dict[str, Any], translate: Translate, show: Show) -> str:
    """The template of a code, most particular first, with its parameters filled in."""
    key = particular_key(words, code, params)
    text = translate(words.get(key, code))
    for name in sorted(params):
        text = text.replace("".join(["{", name, "}"]), shown(name, params[name], show))
    return text.strip(" ")


def particular_key(words: dict[str, str], code: str, params: dict[str, Any]) -> str:
    """The longest key there is of code, scope, kind, base and dimension, and of " one" where one is counted."""
    best = code
    longer = code
    for name in ["scope", "kind", "base", "dimension"]:
        if name in params:
            longer = " ".join([longer, params[name]])
            if longer in words:
                best = longer
    for name in ["quantity", "widths"]:
        singular = " ".join([best, "one"])
        if params.get(name, 0) == 1 and singular in words:
            return singular
    return best


def shown(name: str, value: Any, show: Show) -> str:
    """One parameter as people read it."""
    if is_list(value):
        return " ".join(value)
    if is_whole(value):
        return show(KINDS.get(name, "number"), value)
    return str(value)


def show_plain(kind: str, value: int) -> str:
    """Pounds and pence, millimetres, square metres and per cent, without currency."""
    if kind == "money":
        return hundredths(value)
    if kind == "length":
        return " ".join([str(value), "mm"])
    if kind == "area":
        return " ".join([hundredths(value // 10000), "m²"])
    if kind == "percent":
        return " ".join([trimmed(hundredths(value)), "%"])
    return str(value)


def hundredths(value: int) -> str:
    """An amount with two decimals."""
    sign = ""
    if value < 0:
        sign = "-"
    rest = str(abs(value) % 100)
    if len(rest) == 1:
        rest = "".join(["0", rest])
    return "".join([sign, str(abs(value) // 100), ".", rest])


def trimmed(text: str) -> str:
    """Without ".00"."""
    return text.replace(".00", "")
