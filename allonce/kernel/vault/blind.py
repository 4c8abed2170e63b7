"""Blind indexes: find a row by an encrypted value without storing the value."""

import unicodedata
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models

from allonce.kernel.vault.errors import Misuse
from allonce.kernel.vault.hashing import keyed_hash
from allonce.kernel.vault.scope import INSTALL

if TYPE_CHECKING:
    TextColumn = models.CharField[Any, Any]
else:
    TextColumn = models.CharField  # Django's fields take type arguments only in their stubs


class BlindIndexField(TextColumn):
    """64 hex digits kept in step with the encrypted field `source` at every save.

    Indexes of different columns never agree, unless they name the same thing as `shared`: then a row is found
    by another row's index, even when the other's value can no longer be opened.
    """

    def __init__(
        self,
        *args: Any,
        source: str,
        shared: str = "",
        normalise: Callable[[str], str] = str.casefold,
        **kwargs: Any,
    ) -> None:
        kwargs["max_length"] = 64
        kwargs["editable"] = False
        self.source = source
        self.shared = shared
        self.normalise = normalise
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        # The normaliser is behaviour, not schema, and str.casefold cannot be written into a migration.
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("max_length", None)
        kwargs.pop("editable", None)
        shared = {"shared": self.shared} if self.shared else {}
        return name, path, args, kwargs | {"source": self.source} | shared

    def pre_save(self, model_instance: Any, add: bool) -> str | None:  # noqa: ARG002 (Django's signature)
        value = getattr(model_instance, self.source)
        index = None if value is None else self.index(value)
        setattr(model_instance, self.attname, index)
        return index

    def index(self, value: str) -> str:
        """The index of one value, after normalising."""
        clean = self.normalise(one_spelling(value))
        return keyed_hash(INSTALL, f"index:{self.shared or f'{self.model._meta.label}.{self.source}'}", clean)


def one_spelling(value: str) -> str:
    """`value` without the differences that Unicode calls none: full-width letters, ligatures, spaces around it."""
    return unicodedata.normalize("NFKC", value).strip()


def blind_index(label: str, value: str) -> str:
    """What the index of "app.Model.field" holds for `value`; use it to filter by the BlindIndexField."""
    model_label, _, source = label.rpartition(".")
    for field in apps.get_model(model_label)._meta.get_fields():
        if isinstance(field, BlindIndexField) and field.source == source and not field.shared:
            return field.index(value)
    raise Misuse(f"{label} has no BlindIndexField")


def shared_index(name: str, value: str) -> str:
    """What every BlindIndexField(shared=name) with the usual normaliser holds for `value`."""
    return keyed_hash(INSTALL, f"index:{name}", one_spelling(value).casefold())
