"""The businesses that subscribe, who belongs to them, and who was asked to."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.models.people import Person
from allonce.kernel.clock import now
from allonce.kernel.vault import BlindIndexField, EncryptedTextField, SealedModel, blind_index


class Role(models.TextChoices):
    """What a person may do in an account: owners answer for it, office runs it, viewers look, agents only chat."""

    OWNER = "owner", _("Owner")
    OFFICE = "office", _("Office")
    VIEWER = "viewer", _("Viewer")
    AGENT = "agent", _("Agent")


class AccountManager(models.Manager["Account"]):
    def with_email(self, email: str) -> "Account | None":
        """The account that this address names, in any letter case, or None."""
        return self.filter(email_index=blind_index("accounts.Account.email", email), closed_at=None).first()


class Account(SealedModel):
    """A business (or the Operator itself). Its email is its identity, shared by all its users."""

    class Kind(models.TextChoices):
        SUBSCRIBER = "subscriber"
        OPERATOR = "operator"

    vault_scope = "account:id"

    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.SUBSCRIBER)
    name = EncryptedTextField()
    email = EncryptedTextField()
    email_index = BlindIndexField(source="email", unique=True)
    created_at = models.DateTimeField(default=now, editable=False)
    # The agreement ended: owners read, export and may take it back, nobody else gets in.
    ended_at = models.DateTimeField(null=True, blank=True)
    # The account's key is destroyed, or about to be: nothing of it can be read any more.
    closed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[AccountManager] = AccountManager()

    def __str__(self) -> str:
        return f"account {self.id}"


class Membership(models.Model):
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=8, choices=Role.choices)
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "person"], name="one_membership_per_person"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="membership_role_known"),
        ]


class Invitation(SealedModel):
    """A colleague asked to join; the mailed link is signed, expires and serves once."""

    vault_scope = "account:account_id"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="invitations")
    email = EncryptedTextField()
    email_index = BlindIndexField(source="email")
    address_index = BlindIndexField(source="email", shared="address", null=True, db_index=True)
    role = models.CharField(max_length=8, choices=Role.choices)
    invited_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=now, editable=False)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "email_index"],
                condition=models.Q(accepted_at=None, withdrawn_at=None),
                name="one_open_invitation_per_address",
            ),
        ]
