"""Mistakes in sealed models, found before they are stored."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core import checks
from django.db import models

from allonce.kernel.vault.binding import scope_rule
from allonce.kernel.vault.blind import BlindIndexField
from allonce.kernel.vault.errors import Misuse
from allonce.kernel.vault.fields import EncryptedField
from allonce.kernel.vault.sealed import SealedModel


def register_checks() -> None:
    """Hook into `check`."""
    checks.register(check_sealed_models, "vault")


def check_sealed_models(**_options: Any) -> list[checks.CheckMessage]:
    """Every finding, over all models of all installed apps."""
    return [found for model in apps.get_models() for found in _check(model)]


def _check(model: type[models.Model]) -> Iterator[checks.CheckMessage]:
    encrypted = any(isinstance(field, EncryptedField) for field in model._meta.local_fields)
    if not issubclass(model, SealedModel):
        if encrypted:
            yield checks.Error("encrypted fields need a SealedModel", obj=model, id="vault.E001")
        return
    yield from _check_scope(model)
    for field in model._meta.local_fields:
        if isinstance(field, BlindIndexField) and field.source not in {f.name for f in model._meta.fields}:
            yield checks.Error(f"{field.name} indexes no field {field.source!r}", obj=model, id="vault.E004")


def _check_scope(model: type[models.Model]) -> Iterator[checks.CheckMessage]:
    try:
        _, attribute = scope_rule(model)
    except Misuse as error:
        yield checks.Error(str(error), obj=model, id="vault.E002")
        return
    if attribute and attribute not in {field.attname for field in model._meta.concrete_fields}:
        yield checks.Error(f"vault_scope names no column {attribute!r}", obj=model, id="vault.E003")
