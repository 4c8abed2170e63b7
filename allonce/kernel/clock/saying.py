"""A moment as people say it."""

from datetime import datetime, tzinfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from allonce.kernel.clock.present import now


def as_people_say(moment: datetime, zone: tzinfo) -> str:
    """The moment in that zone: "today 14:05", "yesterday 9:30", else with day, month and year."""
    local, here = moment.astimezone(zone), now().astimezone(zone)
    clock = f"{local:%H:%M}"
    days = (here.date() - local.date()).days
    if days in (0, 1):
        return (_("today %s") if days == 0 else _("yesterday %s")) % clock
    return f"{date_format(local, 'j M Y')}, {clock}"
