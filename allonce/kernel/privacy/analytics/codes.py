"""A column that can hold a code and nothing that somebody wrote."""

import re
from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    Characters = models.CharField[str, str]
else:
    Characters = models.CharField  # Django's fields take type arguments only in their stubs

# Route names, host names, names of our own: lower case, no blanks, no "@".
CODE = re.compile(r"[a-z0-9][a-z0-9_.:-]{0,99}")


class NotACode(ValueError):
    """Something that might be anybody's own words was about to be stored among the figures."""


class CodeField(Characters):
    """Up to 100 characters of a code; whatever else is refused as it is written, by whatever way."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs | {"max_length": 100})

    def get_prep_value(self, value: Any) -> Any:
        if value and not CODE.fullmatch(str(value)):
            raise NotACode(f"{self.name} takes codes only")
        return super().get_prep_value(value)
