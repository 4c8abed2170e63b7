import pytest

from allonce.project import settings


@pytest.mark.promise("SEC-PASSWORDS")
def test_passwords_are_kept_only_as_argon2_hashes() -> None:
    assert settings.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
