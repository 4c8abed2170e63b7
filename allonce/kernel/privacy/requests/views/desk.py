"""The staff's desk: what is due, one request, and everything that may be done with it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.accounts.decorators import console
from allonce.kernel.accounts.forms import HouseForm
from allonce.kernel.accounts.views.pages import form_page, try_form
from allonce.kernel.errors import NotFound
from allonce.kernel.privacy.requests import queries
from allonce.kernel.privacy.requests.files import ENDINGS
from allonce.kernel.privacy.requests.forms import LookForm, WriteDownForm
from allonce.kernel.privacy.requests.models.asked import Right
from allonce.kernel.privacy.requests.services import asking, documents, reading
from allonce.kernel.privacy.requests.services.asking import Asked
from allonce.kernel.privacy.requests.views.acts import ACTS, Act


@console("privacy")
@require_GET
def desk(request: HttpRequest, staff: StaffAccess) -> HttpResponse:
    """The queue, without names: the soonest due first."""
    wanted = _wanted(request, staff)
    found = queries.on_the_desk(wanted)
    about = {
        "requests": found,
        "wanted": wanted,
        "mine": wanted.handler is not None,
        "counts": queries.counts(),
        "shows": [("open", _("Open")), ("late", _("Late")), ("paused", _("Clock stands")), ("closed", _("Closed"))],
        "rights": Right.choices,
        "handlers": queries.names_of([each.handler_id for each in found]),
    }
    return render(request, "requests/desk.html", about)


@console("privacy")
@require_http_methods(["GET", "POST"])
def write_down(request: HttpRequest, staff: StaffAccess) -> HttpResponse:
    """A request that came by telephone, email or post."""
    form = WriteDownForm(request.POST or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        written = asking.write_down(staff, Asked(**given))
        messages.success(request, _("Written down. The sender has a receipt."))
        return redirect("requests:detail", written.id)

    return try_form(form, act) or form_page(request, "requests/write_down.html", form)


@console("privacy")
@require_GET
def detail(request: HttpRequest, staff: StaffAccess, request_id: UUID) -> HttpResponse:
    """The whole request; that it was read is audited."""
    reading.note_reading(staff, request_id)
    return _detail_page(request, staff, request_id)


@console("privacy")
@require_POST
def act(request: HttpRequest, staff: StaffAccess, request_id: UUID, name: str) -> HttpResponse:
    """One of the acts offered on the page of the request."""
    chosen = ACTS.get(name)
    if chosen is None:
        raise NotFound
    queries.request_of(request_id)
    form = chosen.form(request.POST, auto_id=f"{name}-%s")

    def do(given: dict[str, Any]) -> HttpResponse:
        chosen.run(staff, request_id, given)
        messages.success(request, _("Done: %s.") % chosen.label)
        return redirect("requests:detail", request_id)

    return try_form(form, do) or _detail_page(request, staff, request_id, {name: form})


@console("privacy")
@require_POST
def see_document(request: HttpRequest, staff: StaffAccess, request_id: UUID) -> HttpResponse:
    """The identity document, for its handler alone and with a reason."""
    queries.request_of(request_id)
    form = LookForm(request.POST, auto_id="see-%s")

    def do(given: dict[str, Any]) -> HttpResponse:
        kind, data = documents.show(staff, request_id, given["reason"])
        answer = HttpResponse(data, content_type=kind)
        answer["Content-Disposition"] = f'attachment; filename="document.{ENDINGS[kind]}"'
        answer["Cache-Control"] = "no-store"
        return answer

    return try_form(form, do) or _detail_page(request, staff, request_id, {"see": form})


def _detail_page(
    request: HttpRequest, staff: StaffAccess, request_id: UUID, bound: dict[str, HouseForm] | None = None
) -> HttpResponse:
    asked, bound = queries.request_of(request_id), bound or {}
    referrals = queries.referrals_of_request(asked)
    is_handler = asked.handler_id == staff.person.id
    about = {
        "asked": asked,
        "history": queries.history(asked),
        "acts": _offered(asked, bound, is_handler=is_handler),
        "document": documents.standing(asked),
        "is_handler": is_handler,
        "look_form": bound.get("see", LookForm(auto_id="see-%s")),
        "referrals": referrals,
        "names": queries.names_of([asked.handler_id, asked.closed_by]),
    }
    return render(request, "requests/detail.html", about, status=422 if bound else 200)


def _offered(asked: Any, bound: dict[str, HouseForm], *, is_handler: bool) -> list[tuple[str, Act, HouseForm]]:
    """The acts that fit, each with its form; one that came back with errors is shown whether it fits or not."""
    return [
        (name, each, bound.get(name, each.form(auto_id=f"{name}-%s")))
        for name, each in ACTS.items()
        if name in bound or (asked.is_open and each.fits(asked) and not (name == "take" and is_handler))
    ]


def _wanted(request: HttpRequest, staff: StaffAccess) -> queries.Wanted:
    """From the address, so that it survives a reload; what makes no sense is ignored."""
    show, right = request.GET.get("show", "open"), request.GET.get("right", "")
    return queries.Wanted(
        show=show if show in queries.SHOWS else "open",
        right=right if right in Right.values else "",
        handler=staff.person.id if request.GET.get("mine") else None,
    )
