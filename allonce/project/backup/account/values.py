"""Fields as JSON can hold them, and back: strictly, since a file to be restored may come from anywhere."""

from base64 import b64decode, b64encode
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models

from allonce.kernel.vault import EncryptedBytesField, EncryptedJSONField, EncryptedTextField

_JSON = (models.JSONField, EncryptedJSONField)
_BYTES = (models.BinaryField, EncryptedBytesField)
_TEXT = (models.CharField, models.TextField, EncryptedTextField)
_OF_TEXT = (models.DateField, models.UUIDField, models.DecimalField)


class NotThatValue(ValueError):
    """A value that its field cannot hold."""


def encode(field: Any, row: models.Model) -> Any:
    """The row's value of a field: text, number, true, null, JSON, or bytes as base64."""
    value = getattr(row, field.attname)
    if value is None or isinstance(field, _JSON):
        return value
    if isinstance(field, _BYTES):
        return b64encode(bytes(value)).decode()
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) or isinstance(field, models.DecimalField) else value


def decode(field: Any, raw: Any) -> Any:
    """The field's value from a file. Raises NotThatValue for whatever the field would not take from a person."""
    if raw is None:
        if not field.null:
            raise NotThatValue(f"{field.name} is missing")
        return None
    try:
        value = _reader(field)(field, raw)
        if field.choices and value not in dict(field.flatchoices):
            raise NotThatValue(f"{field.name} has an unknown value")
        field.run_validators(value)
    except (ValidationError, ValueError, TypeError, OverflowError) as error:
        raise NotThatValue(f"{field.name} has a value that it cannot have") from error
    return value


def _reader(field: Any) -> Callable[[Any, Any], Any]:
    return next((reader for kinds, reader in _READERS if isinstance(field, kinds)), _as_the_field_does)


def _as_the_field_does(field: Any, raw: Any) -> Any:
    return field.to_python(raw)


def _json(_field: Any, raw: Any) -> Any:
    _refuse_nul(raw)
    return raw


def _need(raw: Any, kind: type) -> Any:
    if type(raw) is not kind:
        raise TypeError
    return raw


def _without_nul(text: str) -> str:
    """PostgreSQL keeps no NUL, so none is taken anywhere."""
    if "\0" in text:
        raise ValueError
    return text


def _refuse_nul(value: Any) -> None:
    if isinstance(value, str):
        _without_nul(value)
    elif isinstance(value, list):
        for each in value:
            _refuse_nul(each)
    elif isinstance(value, dict):
        for key, each in value.items():
            _without_nul(key)
            _refuse_nul(each)


_READERS: list[tuple[Any, Callable[[Any, Any], Any]]] = [
    (_JSON, _json),
    (_BYTES, lambda _field, raw: b64decode(_need(raw, str), validate=True)),
    (_TEXT, lambda _field, raw: _without_nul(_need(raw, str))),
    (_OF_TEXT, lambda field, raw: field.to_python(_need(raw, str))),
    (models.BooleanField, lambda _field, raw: _need(raw, bool)),
    (models.IntegerField, lambda _field, raw: _need(raw, int)),
]
