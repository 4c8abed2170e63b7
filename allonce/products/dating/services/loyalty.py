"""A Crown for each 30 days of being here."""

from datetime import datetime, timedelta

from allonce.products.dating.models import Member
from allonce.products.dating.services import paying

MONTH = 30
# Days that a job which did not run may make up for.
LOOK_BACK = 3
YEARS = 12
SEEN_WITHIN = timedelta(days=30)


def thank_all(moment: datetime) -> int:
    """Thank whoever completed a further 30 days lately and was here within the last ones; how many. Safe to repeat."""
    first = [moment.date() - timedelta(days=MONTH * month) for month in range(1, YEARS * 12)]
    days = [day - timedelta(days=back) for day in first for back in range(LOOK_BACK)]
    rows = Member.objects.filter(state=Member.State.ACTIVE, seen_at__gt=moment - SEEN_WITHIN)
    thanked = 0
    for member in rows.filter(joined_at__date__in=days).iterator():
        paying.thank(member, (moment.date() - member.joined_at.date()).days // MONTH)
        thanked += 1
    return thanked
