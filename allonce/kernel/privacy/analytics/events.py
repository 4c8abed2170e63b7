"""The one measure that serves every room: what the audit record says was done, by its kind."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Count

from allonce.kernel.accounts import tenancy
from allonce.kernel.audit.models import Entry
from allonce.kernel.privacy.analytics.measures import Cell


def acts_of(day: date) -> Mapping[str, Cell]:
    """How often each kind of act was done on that day, and in how many accounts."""
    start = datetime.combine(day, time(), UTC)
    with tenancy.across_accounts():
        entries = Entry.objects.filter(at__gte=start, at__lt=start + timedelta(days=1)).exclude(account_id=None)
        found = entries.values("action").annotate(times=Count("number"), accounts=Count("account_id", distinct=True))
        return {row["action"]: Cell(row["times"], row["accounts"]) for row in found.order_by("action")}
