"""Subscriptions: terms of calendar months, and what was told before each renewal."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.models import Person
from allonce.kernel.billing.models.owners import Owned
from allonce.kernel.clock import now
from allonce.kernel.vault import EncryptedTextField, SealedModel


class Subscription(Owned):
    """One owner's subscription of a family of plans; `term` 0 is its trial. Amounts in minor units of `currency`."""

    class State(models.TextChoices):
        TRIAL = "trial", _("Trial")
        ACTIVE = "active", _("Active")
        CANCELLED = "cancelled", _("Cancelled, runs to its end")
        PAST_DUE = "past_due", _("Payment overdue")
        ENDED = "ended", _("Ended")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    family = models.CharField(max_length=40)
    plan = models.CharField(max_length=60)
    seller = models.CharField(max_length=20)
    months = models.PositiveSmallIntegerField()
    amount = models.PositiveIntegerField()
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=9, choices=State.choices)
    term = models.PositiveIntegerField(default=0)
    # The first term's beginning: every end is counted from here, so that 31 January does not become 28 for ever.
    anchor = models.DateTimeField()
    began_at = models.DateTimeField()
    until = models.DateTimeField()
    # What was paid for may be used until here: the end itself, or the end of the grace period.
    access_until = models.DateTimeField()
    grace_days = models.PositiveSmallIntegerField(default=0)
    # The last term, once somebody has refused a renewal.
    last_term = models.PositiveIntegerField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    # No timely notice came before the last renewal, or the term is too short for one: it may be ended any time.
    free_exit = models.BooleanField(default=False)
    reminded_at = models.DateTimeField(null=True, blank=True)
    next_try_at = models.DateTimeField(null=True, blank=True)
    # A keyed hash of the store's id for the chain of its renewals.
    chain_hash = models.CharField(max_length=64, blank=True)
    # The store's moment of the last report that counted, so that late ones do not.
    told_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        indexes = [models.Index(fields=["state", "until"], name="billing_subscription_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["scope_id", "scope_kind", "family"],
                condition=~models.Q(state="ended"),
                name="billing_one_open_subscription",
            ),
            models.UniqueConstraint(
                fields=["seller", "chain_hash"],
                condition=~models.Q(chain_hash="") & ~models.Q(state="ended"),
                name="billing_one_open_chain",
            ),
        ]


class PayerRecord(SealedModel):
    """The seller's id for a person who pays it regularly; the card itself lies with the seller alone."""

    vault_scope = "person:person_id"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    seller = models.CharField(max_length=20)
    customer = EncryptedTextField()
    made_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "seller"], name="billing_one_payer_a_seller")]


class RenewalNotice(models.Model):
    """The letter before a renewal, and whether the relay took it: one that never left is no notice."""

    id = models.BigAutoField(primary_key=True)
    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="notices")
    term = models.PositiveIntegerField()
    last_day = models.DateTimeField()
    letter_id = models.UUIDField()
    written_at = models.DateTimeField(default=now, editable=False)
    left_at = models.DateTimeField(null=True, blank=True)
    failed = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subscription", "term"], name="billing_one_notice_a_term")]


class Farewell(SealedModel):
    """A payer who left: the seller is asked to forget its customer, too. Gone once it has."""

    vault_scope = "install"

    seller = models.CharField(max_length=20)
    customer = EncryptedTextField()
    made_at = models.DateTimeField(default=now, editable=False)
