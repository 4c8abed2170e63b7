"""The facts of the settings and the taxes, in the words of their own screen."""

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from allonce.products.catalogue import paths
from allonce.products.catalogue.figures import money, percent
from allonce.products.catalogue.forms.settings import UNITS
from allonce.products.catalogue.wording import Fact, State

Facts = dict[Any, Fact]


def settings_facts(state: State) -> Facts:
    """What the shop settled for all its products."""
    piece = state.piece(paths.SETTINGS)
    if piece is None:
        return {}
    known = _known_facts(piece["settings"])
    return {"currency": Fact(_("Currency"), piece["currency"])} | {
        key: known[key] for key in known if key in piece["settings"]
    }


def tax_facts(state: State) -> Facts:
    """Each rate with the day from which it holds."""
    return {
        (key, rate["from"]): Fact(_tax_label(key, rate["from"]), percent(rate["bp"]))
        for key, rates in (state.piece(paths.TAXES) or {}).items()
        for rate in rates
    }


def tax_name(key: str) -> str:
    """`reduced_rate` as Reduced rate."""
    return key.replace("_", " ").capitalize()


def _tax_label(key: str, since: str) -> str:
    return _("%(tax)s from %(date)s") % {"tax": tax_name(key), "date": date_format(date.fromisoformat(since), "j M Y")}


def _known_facts(settings: dict[str, Any]) -> dict[str, Fact]:
    level = settings.get("tax_rounding", {}).get("level", "rate")
    days = settings.get("validity_days", 30)
    return {
        "prices_include_tax": Fact(
            _("Prices include tax"), _("yes") if settings.get("prices_include_tax") else _("no")
        ),
        "tax_rounding": Fact(_("Tax is rounded"), _("line by line") if level == "line" else _("once for the quote")),
        "units": Fact(_("Sizes are shown in"), str(dict(UNITS).get(settings.get("units", "mm"), ""))),
        "validity_days": Fact(_("A quote holds for"), ngettext("%d day", "%d days", days) % days),
        "deposit": Fact(_("Deposit"), _share_or_amount(settings.get("deposit", {}))),
        "max_discount_bp": Fact(_("Largest discount on a quote"), percent(settings.get("max_discount_bp", 10_000))),
        "minimum_order": Fact(_("Smallest order"), _minimum_words(settings.get("minimum_order"))),
        "fitting": Fact(_("Fitting, once for each quote"), money((settings.get("fitting") or {}).get("amount", 0))),
    }


def _share_or_amount(deposit: dict[str, Any]) -> str:
    if deposit.get("kind") == "percent":
        return percent(deposit["bp"])
    return money(deposit["amount"]) if deposit.get("kind") == "amount" else _("none")


def _minimum_words(minimum: dict[str, Any] | None) -> str:
    if not minimum:
        return _("none")
    words = {
        "charge": _("%(amount)s, the difference is charged"),
        "warn": _("%(amount)s, the surveyor is asked"),
        "refuse": _("%(amount)s, less is refused"),
    }[minimum["action"]]
    return words % {"amount": money(minimum["amount"])}
