"""What anybody may see of the promises that the desk keeps."""

from django.urls import reverse
from django.utils.translation import gettext as _

from allonce.kernel.clock import now, today
from allonce.kernel.declarations import Evidence
from allonce.kernel.desk.models import Dispute, Ticket
from allonce.kernel.desk.services.closing import quiet_incidents


def channels() -> Evidence:
    """Tickets by each way, and whether an answer is late."""
    by = {channel: Ticket.objects.filter(channel=channel).count() for channel in Ticket.Channel.values}
    late = Ticket.objects.filter(answer_due_at__lt=now()).count()
    said = _("%(mail)d tickets came by mail, %(form)d by form, %(portal)d in the portal; %(late)d answers are late.")
    return Evidence(said % {**by, "late": late}, now(), holds=late == 0, link=reverse("desk:front"))


def quiet() -> Evidence:
    """Incidents that wait for a person to close them."""
    closed = Ticket.objects.filter(kind=Ticket.Kind.INCIDENT, state=Ticket.State.CLOSED).count()
    said = _("%(quiet)d incidents were quiet for a month and wait for a person to close them; %(closed)d are closed.")
    return Evidence(said % {"quiet": quiet_incidents().count(), "closed": closed}, now(), holds=None)


def disputes() -> Evidence:
    """Open cases, and whether one is over its seven working days."""
    still_open = Dispute.objects.filter(outcome="")
    late = still_open.filter(due_on__lt=today(), late=False).count()
    said = _("%(open)d disputes are open, %(late)d of them over their seven working days; %(done)d are decided.")
    about = {"open": still_open.count(), "late": late, "done": Dispute.objects.exclude(outcome="").count()}
    return Evidence(said % about, now(), holds=late == 0)


SOURCES = {"SUPPORT-CHANNELS": channels, "SUPPORT-INCIDENT-CLOSE": quiet, "SUPPORT-DISPUTE": disputes}
