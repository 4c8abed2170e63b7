"""Which account may use which service, and until when."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.models.organisations import Account
from allonce.kernel.accounts.models.people import Person
from allonce.kernel.clock import now


class Service(models.TextChoices):
    """The five services an Operator runs."""

    FIELD = "field", _("Setup and Mobile")
    TIME = "time", _("Time and Track")
    CHAT = "chat", _("Chat")
    MANAGED = "managed", _("Managed services")
    DATING = "dating", _("Dating")


class Entitlement(models.Model):
    """A service granted by the Operator; it counts through the last day named, unless withdrawn."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="entitlements")
    service = models.CharField(max_length=10, choices=Service.choices)
    until = models.DateField()
    granted_at = models.DateTimeField(default=now, editable=False)
    granted_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "service"],
                condition=models.Q(withdrawn_at=None),
                name="one_standing_entitlement_per_service",
            ),
            models.CheckConstraint(condition=models.Q(service__in=Service.values), name="service_known"),
        ]
