"""The Operator's staff looking into an account: for a stated reason, for a limited time."""

from django.db import models

from allonce.kernel.accounts.models.organisations import Account
from allonce.kernel.accounts.models.people import Person
from allonce.kernel.clock import now


class StaffLook(models.Model):
    """While it lasts its staff member may read the account. Its reason stands in the audit record."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="staff_looks")
    staff = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    audit_look_id = models.UUIDField()
    started_at = models.DateTimeField(default=now, editable=False)
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
