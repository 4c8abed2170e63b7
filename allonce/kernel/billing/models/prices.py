"""Prices as they were announced, and who was told of them."""

from django.db import models

from allonce.kernel.accounts.models import Person
from allonce.kernel.clock import now


class PriceVersion(models.Model):
    """A price of a product from a day on, in minor units; before the first, the registered one holds."""

    id = models.BigAutoField(primary_key=True)
    product = models.CharField(max_length=60)
    amount = models.PositiveIntegerField()
    effective_on = models.DateField()
    announced_at = models.DateTimeField(default=now, editable=False)
    announced_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["product", "effective_on"], name="billing_one_price_a_day")]


class PriceTold(models.Model):
    """A subscriber was told of a price; it binds them no sooner than the notice period after that."""

    id = models.BigAutoField(primary_key=True)
    version = models.ForeignKey(PriceVersion, on_delete=models.CASCADE, related_name="told")
    subscription = models.ForeignKey("billing.Subscription", on_delete=models.CASCADE, related_name="prices_told")
    at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "subscription"], name="billing_price_told_once")]
