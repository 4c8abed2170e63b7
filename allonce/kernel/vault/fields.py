"""Encrypted model fields: stored as tokens, opened when read."""

import json
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.expressions import Col
from django.db.models.lookups import IsNull as BuiltinIsNull

from allonce.kernel.vault.binding import binding, scope_for, scope_of, scope_rule
from allonce.kernel.vault.crypto import key_id_of, seal, unseal
from allonce.kernel.vault.errors import Misuse
from allonce.kernel.vault.keyring import active_key, key_by_id

if TYPE_CHECKING:
    AnyField = models.Field[Any, Any]
else:
    AnyField = models.Field  # Django's fields take type arguments only in their stubs

# Made once: `json.dumps` would make one for each value.
_encode = DjangoJSONEncoder(separators=(",", ":")).encode


class Token(bytes):
    """Ciphertext on its way to the database. Only an encrypted field makes one."""


class Sealed:
    """Ciphertext as it came from the database, not opened yet. Never shows its content."""

    __slots__ = ("token",)

    def __init__(self, token: bytes) -> None:
        self.token = token

    def __repr__(self) -> str:
        return "<sealed>"

    def __str__(self) -> str:
        raise Misuse("read encrypted fields from model instances, not from values() or raw rows")


class OpenOnRead:
    """The attribute of an encrypted field: decrypts at the first look and keeps the plain value."""

    def __init__(self, field: "EncryptedField") -> None:
        self.field = field

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        if instance is None:
            return self
        name = self.field.attname
        if name not in instance.__dict__:
            instance.refresh_from_db(fields=[name])
        value = instance.__dict__[name]
        if isinstance(value, Sealed):
            value = self.field.open(instance, value)
            instance.__dict__[name] = value
        return value

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class SealedColumn(Col):
    """A column that refuses to be compared or sorted, since ciphertext has no order."""

    def resolve_expression(self, *_args: Any, **_kwargs: Any) -> Any:
        raise Misuse(f"{self.target.name} is encrypted: it cannot be sorted by or computed with")


class IsNull(BuiltinIsNull):
    """The one question that ciphertext answers: whether there is any."""

    def process_lhs(self, compiler: Any, connection: Any, lhs: Any = None) -> Any:  # noqa: ARG002
        return compiler.compile(lhs or self.lhs)

    def resolve_expression(self, *_args: Any, **_kwargs: Any) -> Any:
        return self


class EncryptedField(AnyField):
    """What the three kinds share. Written by save() and bulk_create(); never filtered or updated by query."""

    empty_strings_allowed = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        for refused in ("unique", "db_index", "primary_key", "choices"):
            if kwargs.get(refused):
                raise Misuse(f"an encrypted field cannot have {refused}; use a BlindIndexField")
        super().__init__(*args, **kwargs)

    def get_internal_type(self) -> str:
        return "BinaryField"

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, OpenOnRead(self))

    def dump(self, value: Any) -> bytes:
        """The bytes to encrypt."""
        return bytes(value)

    def load(self, plain: bytes) -> Any:
        """The value from decrypted bytes."""
        return plain

    def open(self, instance: Any, sealed: Sealed) -> Any:
        """The value of a row's ciphertext. Raises Tampered, KeyDestroyed or KeyMissing."""
        row, owner = instance.__dict__["_sealed_at"]
        scope = scope_of(instance) if owner is None else scope_for(instance, scope_rule(type(instance))[0], owner)  # type: ignore[arg-type]  # a class is hashable
        place = binding(scope, self.model, self.name, row)
        return self.load(unseal(key_by_id(key_id_of(sealed.token)), sealed.token, place))

    def pre_save(self, model_instance: Any, add: bool) -> Token | None:  # noqa: ARG002 (Django's signature)
        raw = model_instance.__dict__.get(self.attname)
        if raw is None:
            return None
        scope = scope_of(model_instance)
        key = active_key(scope)
        if isinstance(raw, Sealed):
            row, owner = model_instance.__dict__["_sealed_at"]
            unmoved = row == model_instance.pk and owner in (scope.id, None)
            if unmoved and key_id_of(raw.token) == key.id:
                return Token(raw.token)
            raw = getattr(model_instance, self.attname)
        return Token(seal(key, self.dump(raw), binding(scope, self.model, self.name, model_instance.pk)))

    def get_prep_value(self, value: Any) -> Any:
        if value is None or isinstance(value, Token):
            return value
        raise Misuse(f"{self.name} is encrypted: set it on a row and save the row; it cannot be queried or updated")

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:  # noqa: ARG002
        token = self.get_prep_value(value)
        return None if token is None else connection.Database.Binary(bytes(token))

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> Sealed | None:
        return None if value is None else Sealed(bytes(value))

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "isnull":
            return IsNull
        raise Misuse(f"{self.name} is encrypted: it cannot be filtered by {lookup_name}")

    def get_transform(self, lookup_name: str) -> Any:
        raise Misuse(f"{self.name} is encrypted: it cannot be filtered by {lookup_name}")

    def get_col(self, alias: str | None, output_field: Any = None) -> Any:
        return SealedColumn(alias, self, output_field)  # type: ignore[arg-type]

    def value_to_string(self, obj: Any) -> str:  # noqa: ARG002 (Django's signature)
        raise Misuse("encrypted fields do not leave by serializers; export through the privacy declarations")


class EncryptedTextField(EncryptedField):
    """Text of any length."""

    def dump(self, value: Any) -> bytes:
        return str(value).encode()

    def load(self, plain: bytes) -> str:
        return plain.decode()


class EncryptedJSONField(EncryptedField):
    """Anything JSON can hold."""

    def dump(self, value: Any) -> bytes:
        return _encode(value).encode()

    def load(self, plain: bytes) -> Any:
        return json.loads(plain)


class EncryptedBytesField(EncryptedField):
    """Bytes; for anything beyond some hundred kilobytes use `vault.files`."""
