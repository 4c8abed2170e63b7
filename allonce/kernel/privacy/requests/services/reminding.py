"""Telling staff in time."""

from django.db import transaction
from django.utils.translation import gettext as _

from allonce.kernel import post
from allonce.kernel.accounts.access import staff_with
from allonce.kernel.accounts.models import Duty, Person
from allonce.kernel.clock import today
from allonce.kernel.notices import notify
from allonce.kernel.privacy.requests import letters, references
from allonce.kernel.privacy.requests.models import Reminder, RightsRequest

NOTICE = "requests.due"
# Days before the last day on which staff are told; -1: the day after it has passed.
MOMENTS = (7, 2, -1)


def remind() -> int:
    """Tell staff of requests that fall due in seven or two days, or are late; once each. Returns how many notices."""
    still_open = RightsRequest.objects.filter(state="open").prefetch_related("pauses")
    return sum(_remind(request) for request in still_open if not request.is_paused)


def staff_of_the_desk() -> list[Person]:
    """Everybody who may open the desk: staff with the duty for privacy."""
    return staff_with(Duty.PRIVACY)


@transaction.atomic
def _remind(request: RightsRequest) -> int:
    due = request.due_on
    left = (due - today()).days
    reached = [days for days in MOMENTS if left <= days]
    told = set(request.reminders.filter(due_on=due).values_list("days_before", flat=True))
    if not reached or min(reached) in told:
        return 0
    for days in set(reached) - told:
        Reminder.objects.create(request=request, days_before=days, due_on=due)
    people = staff_of_the_desk()
    for person in people:
        notify(person, NOTICE, _words(request, left))
    return len(people)


def _words(request: RightsRequest, left: int) -> post.Words:
    names = {"reference": request.reference, "due": letters.in_words(request.due_on)}
    subject = _("Request %(reference)s falls due on %(due)s") % names
    if left < 0:
        subject = _("Request %(reference)s is late: it was due on %(due)s") % names
    return post.Words(
        subject=subject,
        paragraphs=[_("It asks: %s. Answer it, or extend it with a reason.") % request.get_right_display()],
        action=post.Action(_("Open the request"), references.page("requests:detail", request.id)),
    )
