"""Sentences for what the check finds; Setup shows them beside the product."""

from allonce.pricing.types import Problem, Show, Translate
from allonce.pricing.words import gettext_noop, sentence, show_plain

CHECK_WORDS = {
    "shape_object": gettext_noop("An object with fields is expected here."),
    "shape_list": gettext_noop("A list is expected here."),
    "shape_missing": gettext_noop("This is missing."),
    "shape_whole": gettext_noop("A whole number is expected here."),
    "shape_text": gettext_noop("Text is expected here."),
    "shape_bool": gettext_noop("Yes or no is expected here."),
    "shape_choice": gettext_noop("One of these is expected here: {allowed}."),
    "shape_too_large": gettext_noop("This number is too large."),
    "id_bad": gettext_noop("{id} cannot be an id: use small letters, figures and underscores, a letter first."),
    "id_twice": gettext_noop("{id} is there twice."),
    "negative": gettext_noop("A price or share below nothing."),
    "size_not_positive": gettext_noop("A size must be above nothing."),
    "limits_crossed": gettext_noop("The smallest size {smallest} is above the largest {largest}."),
    "edges_missing": gettext_noop("The table has no sizes."),
    "edges_not_ascending": gettext_noop("Sizes must grow: {size} comes after {after}."),
    "width_table_drops": gettext_noop("A table by width has one row, headed 0."),
    "rows_do_not_fit": gettext_noop("The table needs {rows} rows of {cells} prices."),
    "table_empty": gettext_noop("The table has no price at all."),
    "prices_fall": gettext_noop(
        "{count} prices are below a smaller size's, first {price} at {width} x {drop} after {before}."
    ),
    "tax_unknown": gettext_noop("There is no tax rate {key}."),
    "rates_not_ascending": gettext_noop("The dates of rate {key} must grow."),
    "share_out_of_bounds": gettext_noop("A share must be between 0 and 100 %."),
    "bands_missing": gettext_noop("The product has no price band."),
    "band_missing": gettext_noop("The product has no band {band}."),
    "band_unused": gettext_noop("No range uses band {band}."),
    "table_missing": gettext_noop("Band {band} has no price table."),
    "table_kind": gettext_noop("Band {band} has a table of kind {kind}; the product is priced by {method}."),
    "group_empty": gettext_noop("{group} has nothing to choose."),
    "defaults_many": gettext_noop("{group} has more than one default."),
    "extra_table_missing": gettext_noop("{extra} has no price table."),
    "extra_table_kind": gettext_noop("{extra} needs a table by width, or by width and drop."),
    "percent_per_line": gettext_noop("{extra} is a percentage and counts for every piece."),
    "margin_too_large": gettext_noop("A margin must be below 100 %."),
    "step_missing": gettext_noop("This rounding needs a step of at least one penny."),
    "curtain_missing": gettext_noop("A price by widths needs fabric width, fullness and allowances."),
    "curtain_bad": gettext_noop("Fabric width, fullness (1.0 or more), allowances and panels must make sense."),
    "condition_op": gettext_noop("{name} cannot be compared by {op}."),
    "condition_value": gettext_noop("The value that {name} is compared with is of the wrong kind."),
    "rule_names_unknown": gettext_noop("The rule names {group} {extra}, which is not in this product."),
    "default_without_extra": gettext_noop("A default needs an extra of {group}."),
    "rule_never_holds": gettext_noop("No item can ever meet the conditions of this rule."),
    "rule_contradicts_itself": gettext_noop("The rule both requires and forbids {group} {extra}."),
    "rules_contradict": gettext_noop("This rule and {other} require and forbid {group} {extra} at once."),
    "rules_may_contradict": gettext_noop("Where both hold, this rule and {other} require and forbid {group} {extra}."),
    "rules_circular": gettext_noop("Rules make the choice in {group} hang on itself."),
    "extra_unreachable": gettext_noop("{extra} can never be chosen."),
}


def check_message(problem: Problem, translate: Translate, show: Show = show_plain) -> str:
    """What the check found, as a sentence."""
    return sentence(CHECK_WORDS, problem["code"], problem["params"], translate, show)
