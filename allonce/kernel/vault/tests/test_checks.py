"""Sealed models that could not work are found by `check`."""

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from allonce.kernel.vault import BlindIndexField, EncryptedTextField, SealedModel
from allonce.kernel.vault.checks import _check, check_sealed_models
from allonce.kernel.vault.errors import Misuse


def codes(model: type[models.Model]) -> list[str | None]:
    return [item.id for item in _check(model)]


def test_everything_installed_is_sound() -> None:
    assert check_sealed_models() == []
    assert any(issubclass(model, SealedModel) for model in apps.get_models())


@isolate_apps("tests.probe")
def test_each_mistake_is_found() -> None:
    class Bare(models.Model):
        text = EncryptedTextField()

        class Meta:
            app_label = "probe"

    class Vague(SealedModel):
        vault_scope = "somebody"

        class Meta:
            app_label = "probe"

    class Lost(SealedModel):
        vault_scope = "account:account_id"
        text_index = BlindIndexField(source="text")

        class Meta:
            app_label = "probe"

    assert codes(Bare) == ["vault.E001"]
    assert codes(Vague) == ["vault.E002"]
    assert codes(Lost) == ["vault.E003", "vault.E004"]


@pytest.mark.parametrize("option", ["unique", "db_index"])
def test_ciphertext_cannot_be_indexed(option: str) -> None:
    with pytest.raises(Misuse):
        EncryptedTextField(**{option: True})
