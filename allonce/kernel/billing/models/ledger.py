"""The ledger of credits: whole numbers, moved between an owner and the house's own sides, always summing to zero."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from allonce.kernel.billing.models.owners import Owned
from allonce.kernel.clock import now


class LedgerAccount(Owned):
    """What one owner has of one unit. The database itself refuses a balance below zero.

    `owed` counts credits that were spent before what had paid for them was refunded.
    """

    id = models.BigAutoField(primary_key=True)
    unit = models.CharField(max_length=40)
    balance = models.BigIntegerField(default=0)
    owed = models.BigIntegerField(default=0)
    opened_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(balance__gte=0), name="billing_balance_never_negative"),
            models.CheckConstraint(condition=models.Q(owed__gte=0), name="billing_owed_never_negative"),
            models.UniqueConstraint(fields=["scope_id", "scope_kind", "unit"], name="billing_one_account_for_a_unit"),
        ]


class Movement(models.Model):
    """One change of an owner's credits. `amount` is what it did to the balance; `key` names its cause once."""

    class Kind(models.TextChoices):
        PURCHASE = "purchase", _("Bought")
        GRANT = "grant", _("Given")
        SPEND = "spend", _("Spent")
        HOLD = "hold", _("Set aside")
        CAPTURE = "capture", _("Used what was set aside")
        RELEASE = "release", _("Came back")
        REFUND = "refund", _("Taken back after a refund")
        FORFEIT = "forfeit", _("Lost")
        RESTORE = "restore", _("Given back")

    id = models.BigAutoField(primary_key=True)
    ledger = models.ForeignKey(LedgerAccount, on_delete=models.CASCADE, related_name="movements")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    reason = models.CharField(max_length=60)
    key = models.CharField(max_length=160, unique=True)
    amount = models.BigIntegerField()
    # A row of ours that it is about, as "app.Model:id"; empty where the reason says all.
    about = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField(default=now, editable=False)

    class Meta:
        indexes = [models.Index(fields=["ledger", "-id"], name="billing_movement_statement")]


class Posting(models.Model):
    """One leg of a movement. The house's sides keep no balance of their own: all writers would queue at it."""

    class Side(models.TextChoices):
        OWNER = "owner", _("the owner")
        SOLD = "sold", _("sold")
        GRANTED = "granted", _("given")
        SPENT = "spent", _("spent")
        EXPIRED = "expired", _("lost by breach")
        HELD = "held", _("set aside")
        OWED = "owed", _("owed")

    id = models.BigAutoField(primary_key=True)
    movement = models.ForeignKey(Movement, on_delete=models.CASCADE, related_name="postings")
    side = models.CharField(max_length=8, choices=Side.choices)
    amount = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["movement", "side"], name="billing_one_leg_a_side"),
            models.CheckConstraint(condition=~models.Q(amount=0), name="billing_no_empty_leg"),
        ]


class Hold(models.Model):
    """Credits set aside until they are used or come back; after `until` they can only come back."""

    class State(models.TextChoices):
        OPEN = "open", _("Set aside")
        CAPTURED = "captured", _("Used")
        RELEASED = "released", _("Came back")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ledger = models.ForeignKey(LedgerAccount, on_delete=models.CASCADE, related_name="holds")
    amount = models.BigIntegerField()
    reason = models.CharField(max_length=60)
    key = models.CharField(max_length=120, unique=True)
    until = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    opened_at = models.DateTimeField(default=now, editable=False)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "until"], name="billing_hold_due")]
        constraints = [models.CheckConstraint(condition=models.Q(amount__gt=0), name="billing_hold_of_something")]
