"""Fields that a shop writes into its own texts: {customer}, {number}, {total} and so on."""

import re
from collections.abc import Mapping

FIELD = re.compile(r"\{([a-z_]+)\}")
FIELDS = ("customer", "shop", "number", "date", "valid_until", "total", "deposit", "balance", "surveyor")


def filled(text: str, values: Mapping[str, str]) -> str:
    """`text` with its known fields replaced; an unknown one stays as written, so that the shop sees it."""
    return FIELD.sub(lambda found: values.get(found[1], found[0]), text)


def unknown_fields(text: str) -> list[str]:
    """The fields in `text` that no document can fill, in the order written."""
    return [name for name in FIELD.findall(text) if name not in FIELDS]
