"""Amounts in words: minor units of a currency become what people read."""

from django.utils.formats import number_format

# ISO 4217: currencies whose minor unit is not a hundredth.
WHOLE = frozenset(
    {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW"} | {"PYG", "RWF", "UGX", "VND", "XAF", "XOF", "XPF"}
)
SIGNS = {"EUR": "€", "GBP": "£", "USD": "$"}


def money(amount: int, currency: str) -> str:
    """Such as "€ 19.99", from minor units; a currency without a sign stands by its code."""
    sign = SIGNS.get(currency, f"{currency}\N{NO-BREAK SPACE}")
    after = places(currency)
    minus = "\N{MINUS SIGN}" if amount < 0 else ""
    whole, rest = divmod(abs(amount), 10**after)
    figure = number_format(whole, use_l10n=True, force_grouping=True)
    return f"{minus}{sign}{figure}" + (f".{rest:0{after}d}" if after else "")


def places(currency: str) -> int:
    """How many digits of an amount stand behind the point."""
    return 0 if currency in WHOLE else 2
