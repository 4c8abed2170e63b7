"""Users of an account, the one device each of them works on, and the tries to register another."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.models.organisations import Account
from allonce.kernel.accounts.models.people import Person
from allonce.kernel.clock import now
from allonce.kernel.vault import EncryptedTextField, SealedModel

MAX_DISCOUNT_BP = 10_000


class User(SealedModel):
    """Somebody who works with Mobile, told apart in their account by a short User ID such as JB."""

    vault_scope = "account:account_id"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="users")
    user_id = models.CharField(max_length=8)
    name = EncryptedTextField()
    max_discount_bp = models.PositiveIntegerField(default=0)
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "user_id"], name="user_id_unique_in_account"),
            models.CheckConstraint(
                condition=models.Q(max_discount_bp__lte=MAX_DISCOUNT_BP), name="discount_at_most_everything"
            ),
        ]

    def __str__(self) -> str:
        return f"user {self.id}"


class Device(SealedModel):
    """A phone registered to a User. Of its token only a hash is kept, of its key only the public half.

    Ninety days after it was unregistered its name, key and fingerprint are gone; its mark stays, since marks stand in
    quote numbers and none is given out twice.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("Waits for approval")
        APPROVED = "approved", _("Approved")
        UNREGISTERED = "unregistered", _("Unregistered")

    vault_scope = "account:account_id"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="devices")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="devices")
    name = EncryptedTextField(null=True)
    platform = models.CharField(max_length=40, blank=True)
    mark = models.CharField(max_length=4)
    state = models.CharField(max_length=12, choices=State.choices, default=State.PENDING)
    token_hash = models.CharField(max_length=64, unique=True)
    seal_key = models.JSONField(null=True)
    fingerprint = models.CharField(max_length=40, null=True)
    registered_at = models.DateTimeField(default=now, editable=False)
    approved_at = models.DateTimeField(null=True, blank=True)
    unregistered_at = models.DateTimeField(null=True, blank=True)
    last_seen_at = models.DateTimeField(null=True, blank=True)
    catalogue_version = models.PositiveIntegerField(null=True, blank=True)
    app_version = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=~models.Q(state="unregistered"), name="one_registered_device_per_user"
            ),
            models.UniqueConstraint(fields=["user", "mark"], name="mark_never_used_twice_by_a_user"),
            models.CheckConstraint(
                condition=models.Q(state__in=["pending", "approved", "unregistered"]), name="device_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"device {self.id}"

    @property
    def is_approved(self) -> bool:
        """Approved devices hold the account's key."""
        return self.state == self.State.APPROVED


class RegistrationCode(models.Model):
    """Issued by Setup for one User: whoever types it on a phone is told why a registration fails."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="registration_codes")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="registration_codes")
    code_hash = models.CharField(max_length=64, unique=True)
    issued_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    issued_at = models.DateTimeField(default=now, editable=False)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)


class RegistrationRequest(SealedModel):
    """A refused try that named this account: shown to the owner, who may let that phone be told the reason."""

    class Reason(models.TextChoices):
        UNKNOWN_USER = "unknown_user", _("No active User has that ID")
        OTHER_DEVICE = "other_device", _("Another device is registered for this User")
        NO_SUBSCRIPTION = "no_subscription", _("The subscription is not running")

    vault_scope = "account:account_id"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="registration_requests")
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")
    reason = models.CharField(max_length=16, choices=Reason.choices)
    device_name = EncryptedTextField()
    fingerprint = models.CharField(max_length=40)
    tries = models.PositiveIntegerField(default=1)
    first_at = models.DateTimeField(default=now, editable=False)
    last_at = models.DateTimeField(default=now)
    told_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "fingerprint"],
                condition=models.Q(closed_at=None),
                name="one_open_request_per_phone",
            ),
        ]
