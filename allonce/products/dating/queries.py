"""What pages ask about the day's run."""

from datetime import datetime
from zoneinfo import ZoneInfo

from allonce.products.dating.models import DailyRun, Member
from allonce.products.dating.noon import LASTS, NOON, noon_of


def is_choosing(zone: str, moment: datetime) -> bool:
    """Whether noon has come in that zone and its dates are not all made yet."""
    if not zone:
        return False
    there = moment.astimezone(ZoneInfo(zone))
    if there.time() < NOON:
        return False
    return not DailyRun.objects.filter(zone=zone, day=there.date()).exclude(finished_at=None).exists()


def nobody_today(member: Member, moment: datetime) -> str:
    """Why the latest run had nobody for them, as long as its day lasts; "" otherwise."""
    if member.nobody_on is None or not member.zone:
        return ""
    noon = noon_of(member.zone, member.nobody_on)
    return member.nobody_why if noon <= moment < noon + LASTS else ""
