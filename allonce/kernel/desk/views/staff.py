"""The staff's desk: the queue, one ticket, calls written down, quiet incidents, figures."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods

from allonce.kernel import audit
from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.accounts.decorators import console
from allonce.kernel.accounts.views.pages import form_page, try_form
from allonce.kernel.desk import figures as figured
from allonce.kernel.desk import queries
from allonce.kernel.desk.forms import WriteDownForm
from allonce.kernel.desk.models import Ticket
from allonce.kernel.desk.queries import Wanted
from allonce.kernel.desk.services import closing, filing, opening
from allonce.kernel.desk.services.filing import Carried
from allonce.kernel.desk.services.opening import Opened
from allonce.kernel.desk.views.acts import ticket_page
from allonce.kernel.desk.views.handing_out import as_file

VIEWS = (
    ("ours", gettext_lazy("Wait for us")),
    ("mine", gettext_lazy("Mine")),
    ("nobodys", gettext_lazy("Nobody's")),
    ("late", gettext_lazy("Late")),
    ("waiting", gettext_lazy("Wait for the sender")),
    ("disputes", gettext_lazy("Disputes")),
    ("done", gettext_lazy("Done")),
)


@console("support")
@require_GET
def desk(request: HttpRequest, staff: StaffAccess) -> HttpResponse:
    """The queue: what is due first."""
    wanted = Wanted(request.GET.get("show", "ours"), staff.person.id, request.GET.get("q", "").strip()[:254])
    found, counts = queries.on_the_desk(wanted), queries.counts(staff.person.id)
    about = {
        "tickets": found,
        "wanted": wanted,
        "views": [(code, label, counts[code]) for code, label in VIEWS],
        "counts": counts,
        "unread": queries.unread_mails(),
        "names": queries.names_of(each.handler_id for each in found),
    }
    return render(request, "desk/desk.html", about)


@console("support")
@require_GET
def ticket(request: HttpRequest, staff: StaffAccess, ticket_id: UUID) -> HttpResponse:
    """One ticket; that it was read is audited."""
    found = queries.ticket_of(ticket_id)
    target = f"desk.Ticket:{found.pk}"
    audit.record("ticket.read", actor=staff.actor, account_id=found.account_id, target=target, data={})
    return ticket_page(request, staff, found)


@console("support")
@require_GET
def file(_request: HttpRequest, _staff: StaffAccess, ticket_id: UUID, file_id: UUID) -> HttpResponse:
    return as_file(*filing.read(queries.ticket_of(ticket_id), file_id, staff=True))


@console("support")
@require_http_methods(["GET", "POST"])
def write_down(request: HttpRequest, staff: StaffAccess) -> HttpResponse:
    """A call, as a ticket."""
    form = WriteDownForm(request.POST or None, request.FILES or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        carried = Carried(filing.from_form(given.pop("file")))
        made = opening.open_ticket(Opened(Ticket.Channel.PHONE, **given, carried=carried), staff.actor)
        messages.success(request, _("Written down. The caller has its number by mail: %s.") % made.reference)
        return redirect("desk:ticket", made.id)

    return try_form(form, act) or form_page(request, "desk/write_down.html", form)


@console("support")
@require_http_methods(["GET", "POST"])
def quiet(request: HttpRequest, staff: StaffAccess) -> HttpResponse:
    """Incidents that did not come back for a month: proposed here, closed by a person."""
    if request.method == "POST":
        count = closing.close_quiet(staff, _ids(request.POST.getlist("ticket")))
        said = ngettext(
            "%d incident is closed, and its sender was told.",
            "%d incidents are closed, and their senders were told.",
            count,
        )
        messages.success(request, said % count)
        return redirect("desk:quiet")
    found = list(closing.quiet_incidents()[: queries.MOST])
    return render(request, "desk/quiet.html", {"tickets": found})


@console("support")
@require_GET
def figures(request: HttpRequest, _staff: StaffAccess) -> HttpResponse:
    """Three months in figures and a picture."""
    return render(request, "desk/figures.html", {"report": figured.report()})


def _ids(given: list[str]) -> list[UUID]:
    found = []
    for each in given:
        try:
            found.append(UUID(each))
        except ValueError:
            continue
    return found
