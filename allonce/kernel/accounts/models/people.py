"""Private people who sign in, and the tokens mailed to them."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from allonce.kernel.clock import now
from allonce.kernel.vault import BlindIndexField, EncryptedTextField, SealedModel, blind_index


class PersonManager(BaseUserManager["Person"]):
    def with_email(self, email: str) -> "Person | None":
        """The person with that address in any letter case, or None."""
        return self.filter(email_index=blind_index("accounts.Person.email", email)).first()


class Person(AbstractBaseUser, SealedModel):
    """Somebody who signs in. Name and address are sealed with a key of that person alone."""

    vault_scope = "person:id"

    email = EncryptedTextField()
    email_index = BlindIndexField(source="email", unique=True)
    # Equal in all tables that name somebody by address alone, so that their rights reach those rows.
    address_index = BlindIndexField(source="email", shared="address", null=True)
    name = EncryptedTextField()
    created_at = models.DateTimeField(default=now, editable=False)
    email_verified_at = models.DateTimeField(null=True, blank=True)
    password_changed_at = models.DateTimeField(default=now)
    password_change_required = models.BooleanField(default=False)
    second_factor = models.BooleanField(default=False)
    suspended_at = models.DateTimeField(null=True, blank=True)

    # Sessions know when somebody was last here; a second copy would have to be erased too.
    last_login = None

    USERNAME_FIELD = "id"
    objects: ClassVar[PersonManager] = PersonManager()

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """False while the Operator has suspended this person's sign-in."""
        return self.suspended_at is None

    def __str__(self) -> str:
        return f"person {self.id}"


class RecoveryCode(models.Model):
    """One way back in when the second factor is lost; usable once, kept as a keyed hash."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="recovery_codes")
    code_hash = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True, blank=True)
