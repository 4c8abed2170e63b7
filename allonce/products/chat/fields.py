"""An index that finds a Consumer within one Client, and can join nothing across two."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models

from allonce.kernel.vault import Scope, keyed_hash, one_spelling
from allonce.kernel.vault.binding import scope_of

if TYPE_CHECKING:
    Characters = models.CharField[Any, Any]
else:
    Characters = models.CharField  # Django's fields take type arguments only in their stubs


class ClientIndexField(Characters):
    """64 hex digits kept in step with the encrypted field `source`, hashed with the Client's own key.

    Equal values of two Clients have unequal indexes, so that not even the whole database can connect them.
    """

    def __init__(self, *args: Any, source: str, normalise: Callable[[str], str] = str.casefold, **kwargs: Any) -> None:
        kwargs |= {"max_length": 64, "editable": False, "null": True}
        self.source = source
        self.normalise = normalise
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("max_length", "editable", "null"):
            kwargs.pop(fixed, None)
        return name, path, args, kwargs | {"source": self.source}

    def pre_save(self, model_instance: Any, add: bool) -> str | None:  # noqa: ARG002 (Django's signature)
        value = getattr(model_instance, self.source)
        index = self.index(scope_of(model_instance).id, value) if value else None
        setattr(model_instance, self.attname, index)
        return index

    def index(self, account_id: UUID, value: str) -> str:
        """What stands here for `value` among the rows of that Client."""
        clean = self.normalise(one_spelling(value))
        return keyed_hash(Scope("account", account_id), f"index:{self.model._meta.label}.{self.source}", clean)


def digits(number: str) -> str:
    """A telephone number without what people put between its digits."""
    return "".join(letter for letter in number if letter.isdigit() or letter == "+")
