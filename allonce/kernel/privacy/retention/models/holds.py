"""Legal holds: who ordered that something must not be deleted, and why."""

from django.db import models

from allonce.kernel.clock import now
from allonce.kernel.privacy.retention.owners import scope_named
from allonce.kernel.vault import EncryptedTextField, Scope, SealedModel


class LegalHold(SealedModel):
    """Stops every deletion of what it covers: all of a person or an account, or one row of theirs.

    Its words are sealed with the installation's key, since they must outlive the key of whom they are about.
    """

    vault_scope = "install"

    scope_kind = models.CharField(max_length=8, choices=[("account", "account"), ("person", "person")])
    scope_id = models.UUIDField()
    table = models.CharField(max_length=120, blank=True)
    row = models.CharField(max_length=64, blank=True)
    reason = EncryptedTextField()
    authority = EncryptedTextField(null=True)
    placed_by = models.UUIDField()
    placed_at = models.DateTimeField(default=now, editable=False)
    until = models.DateField(null=True, blank=True)
    released_by = models.UUIDField(null=True)
    released_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["scope_kind", "scope_id"], name="hold_by_scope"),)

    def __str__(self) -> str:
        return f"hold {self.id}"

    @property
    def scope(self) -> Scope:
        """Whom it is about."""
        return scope_named(self.scope_kind, self.scope_id)
