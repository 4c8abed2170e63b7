"""Purchases, what sellers reported of them, and their refunds. Of a seller only opaque ids are known, and sealed."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.models import Person
from allonce.kernel.billing.models.owners import Owned
from allonce.kernel.billing.models.subscriptions import Subscription
from allonce.kernel.clock import now
from allonce.kernel.vault import EncryptedJSONField, EncryptedTextField, SealedModel


class Purchase(Owned):
    """One thing bought: a pack, or one term of a plan. Amounts are in minor units of `currency`."""

    class State(models.TextChoices):
        ORDERED = "ordered", _("Waiting for the seller")
        PAID = "paid", _("Paid")
        DISPUTED = "disputed", _("Disputed at the bank")
        REFUNDED = "refunded", _("Refunded")
        LAPSED = "lapsed", _("Not paid")
        TRIAL = "trial", _("Trial, nothing charged")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    seller = models.CharField(max_length=20)
    product = models.CharField(max_length=60)
    credits = models.PositiveIntegerField(default=0)
    amount = models.PositiveIntegerField()
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=8, choices=State.choices, default=State.ORDERED)
    ordered_at = models.DateTimeField(default=now, editable=False)
    paid_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    # What the seller sent back, what went back in all (the banks' disputes included), and how many credits that took.
    sent_back = models.PositiveIntegerField(default=0)
    refunded = models.PositiveIntegerField(default=0)
    taken_back = models.PositiveIntegerField(default=0)
    # A keyed hash of the seller's id; empty while the seller has not named one.
    ref_hash = models.CharField(max_length=64, blank=True)
    subscription = models.ForeignKey(
        Subscription, on_delete=models.SET_NULL, null=True, blank=True, related_name="purchases"
    )
    term = models.PositiveIntegerField(default=0)
    # Refusals of the seller so far; each try has an idempotency key of its own.
    refusals = models.PositiveIntegerField(default=0)
    # Why a person of the Operator has to look, as a code; empty where all is well.
    problem = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["scope_id", "-ordered_at"], name="billing_purchase_list"),
            models.Index(fields=["state", "ordered_at"], name="billing_purchase_waiting"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["seller", "ref_hash"], condition=~models.Q(ref_hash=""), name="billing_purchase_once"
            ),
            models.UniqueConstraint(
                fields=["subscription", "term"],
                condition=models.Q(subscription__isnull=False),
                name="billing_one_purchase_a_term",
            ),
            models.CheckConstraint(
                condition=models.Q(refunded__lte=models.F("amount")), name="billing_refund_within_price"
            ),
        ]


class Dispute(models.Model):
    """What a bank said last, by its own moment, of a payment that somebody disputes; lost, it took `amount`.

    `purchase` is empty while the payment itself has not been reported.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        WON = "won", _("Won: the payment stands")
        LOST = "lost", _("Lost: the bank took it back")

    id = models.BigAutoField(primary_key=True)
    purchase = models.ForeignKey(Purchase, on_delete=models.CASCADE, null=True, blank=True, related_name="disputes")
    seller = models.CharField(max_length=20)
    # Keyed hashes of the seller's ids: of the dispute, and of the payment that it is about.
    mark = models.CharField(max_length=64)
    ref_hash = models.CharField(max_length=64, db_index=True)
    state = models.CharField(max_length=4, choices=State.choices, default=State.OPEN)
    # In minor units; empty for all of the price.
    amount = models.PositiveIntegerField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "mark"], name="billing_dispute_once")]


class SellerRecord(SealedModel):
    """The seller's own id of a purchase, with which it is refunded; sealed to the person."""

    vault_scope = "person:person_id"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    purchase = models.OneToOneField(Purchase, on_delete=models.CASCADE, related_name="record")
    ref = EncryptedTextField()


class Refund(models.Model):
    """Money on its way back through whoever sold. `interest` is statutory, where it left later than `due_by`."""

    class State(models.TextChoices):
        WAITING = "waiting", _("On its way")
        DONE = "done", _("Refunded")
        REFUSED = "refused", _("Refused by the seller")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purchase = models.ForeignKey(Purchase, on_delete=models.CASCADE, related_name="refunds")
    amount = models.PositiveIntegerField()
    # What had gone back before this one; set with the interest once it is first tried, so that each try is the same.
    before = models.PositiveIntegerField(null=True, blank=True)
    interest = models.PositiveIntegerField(default=0)
    # The part of the interest that the seller cannot send back with the price: somebody pays it by hand.
    by_hand = models.PositiveIntegerField(default=0)
    why = models.CharField(max_length=40)
    key = models.CharField(max_length=120, unique=True)
    asked_at = models.DateTimeField(default=now, editable=False)
    due_by = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    done_at = models.DateTimeField(null=True, blank=True)
    # When a person settled what the seller would not or could not send.
    settled_at = models.DateTimeField(null=True, blank=True)


class ReturnAddress(SealedModel):
    """The seller's id of a payment that goes back to somebody who has left. Gone once it went back."""

    vault_scope = "install"

    refund = models.OneToOneField(Refund, on_delete=models.CASCADE, related_name="address")
    ref = EncryptedTextField()


class SellerEvent(SealedModel):
    """One report of a seller, known by a keyed hash of its id; what it says is wiped once it was taken in."""

    vault_scope = "install"

    class State(models.TextChoices):
        WAITING = "waiting", _("To take in")
        DONE = "done", _("Taken in")
        UNCLAIMED = "unclaimed", _("Waits for its owner")

    seller = models.CharField(max_length=20)
    event_hash = models.CharField(max_length=64, unique=True)
    what = models.CharField(max_length=20)
    told = EncryptedJSONField(null=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    heard_at = models.DateTimeField(default=now, editable=False)


class UnclaimedPurchase(models.Model):
    """A report of a purchase whose owner nobody knows yet; it waits for whoever brings the token."""

    id = models.BigAutoField(primary_key=True)
    event = models.OneToOneField(SellerEvent, on_delete=models.CASCADE, related_name="unclaimed")
    token_hash = models.CharField(max_length=64, db_index=True)
    # A keyed hash of the seller's id of the payment: a refund may name nothing else.
    ref_hash = models.CharField(max_length=64, blank=True, db_index=True)
    at = models.DateTimeField()
    heard_at = models.DateTimeField(default=now, editable=False)


class StoreToken(Owned):
    """The token that an app gives a store with each purchase (Apple's appAccountToken), as a keyed hash."""

    id = models.BigAutoField(primary_key=True)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=now, editable=False)
