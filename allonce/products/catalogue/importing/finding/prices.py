"""The prices between the sizes, with marks on those that are not plain."""

from collections import Counter
from dataclasses import dataclass

from allonce.products.catalogue.importing.amounts import Amount, minor_units
from allonce.products.catalogue.importing.finding.view import View
from allonce.products.catalogue.importing.numerals import Point, settle
from allonce.products.catalogue.importing.proposal import Mark, Params
from allonce.products.catalogue.importing.sheet import Place


@dataclass(frozen=True)
class Money:
    """How figures on a sheet are read: currency, decimal sign, and the words of footnotes by their sign."""

    currency: str
    point: Point | None
    footnotes: dict[str, str]


def read_prices(view: View, places: list[list[Place]], money: Money) -> tuple[list[list[int | None]], list[Mark]]:
    """Prices in minor units, line by line as they stand, and the marks on them."""
    marks: list[Mark] = []
    lines = [[_price(view, place, money, marks) for place in line] for line in places]
    marks += _mark_currencies(view, places, money)
    return lines, marks


def _price(view: View, place: Place, money: Money, marks: list[Mark]) -> int | None:
    amount = view.amount(*place)
    if amount.footnote:
        note = money.footnotes.get(amount.footnote, "…")
        marks.append(Mark("footnote", "doubt", place, {"sign": amount.footnote, "note": note}))
    if amount.state != "price" or amount.numeral is None:
        marks += _mark_absent(amount, place)
        return None
    value, sure = settle(amount.numeral, money.point)
    if not sure:
        marks.append(_doubted_sign(amount, place))
    price, whole = minor_units(value, money.currency)
    if not whole:
        marks.append(Mark("rounded", "doubt", place, {"written": amount.written}))
    if price == 0:
        marks.append(Mark("zero", "doubt", place))
        return None
    return price


def _mark_absent(amount: Amount, place: Place) -> list[Mark]:
    """Blank and POA are judged later by what stands around them."""
    if amount.state != "unreadable":
        return []
    return [Mark("unreadable", "doubt", place, {"written": amount.written[:60]})]


def _doubted_sign(amount: Amount, place: Place) -> Mark:
    numeral = amount.numeral
    assert numeral
    if numeral.other is None:
        return Mark("odd_sign", "doubt", place, {"written": amount.written})
    params: Params = {"written": amount.written, "value": str(numeral.value), "other": str(numeral.other)}
    return Mark("two_readings", "doubt", place, params)


def _mark_currencies(view: View, places: list[list[Place]], money: Money) -> list[Mark]:
    """Prices of one table in another currency than most of it."""
    named = {place: view.amount(*place).currency for line in places for place in line}
    counted = Counter(code for code in named.values() if code)
    if not counted:
        return []
    usual = counted.most_common(1)[0][0]
    usual = money.currency if counted.get(money.currency) == counted[usual] else usual
    odd = [(place, code) for place, code in named.items() if code and code != usual]
    if usual != money.currency and len(odd) < len(named):
        odd += [(place, code) for place, code in named.items() if code == usual]
    return [Mark("other_currency", "doubt", place, {"currency": code}) for place, code in odd]
