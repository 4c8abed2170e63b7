"""Notices to the staff of the desk."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from allonce.kernel import post
from allonce.kernel.accounts.access import staff_with
from allonce.kernel.accounts.models import Duty, Person
from allonce.kernel.accounts.services.mails import link
from allonce.kernel.clock import now
from allonce.kernel.desk.models import Ticket
from allonce.kernel.notices import notify

NEW = "desk.new"
LATE = "desk.late"


def staff_of_the_desk() -> list[Person]:
    """Everybody who works at the desk: staff with the duty of support."""
    return staff_with(Duty.SUPPORT)


def tell_staff(ticket: Ticket) -> None:
    """A ticket has come. What it says stands at the desk alone."""
    _tell(NEW, _("Ticket %s has come") % ticket.reference, link("desk:ticket", ticket.id))


def tell_of_late() -> None:
    """Once a day: how many answers were due and are not there."""
    late = Ticket.objects.filter(answer_due_at__lt=now()).count()
    if late:
        said = ngettext("%d answer of the desk is late", "%d answers of the desk are late", late) % late
        _tell(LATE, said, link("desk:desk") + "?show=late")


def _tell(kind: str, subject: str, url: str) -> None:
    words = post.Words(
        subject=subject,
        paragraphs=[_("What people wrote stands at the desk alone.")],
        action=post.Action(_("Open the desk"), url),
    )
    for person in staff_of_the_desk():
        notify(person, kind, words)
