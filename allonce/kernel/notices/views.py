"""A person's notices, and how they want to be told."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from allonce.kernel.accounts.decorators import signed_in
from allonce.kernel.accounts.models import SignInSession
from allonce.kernel.audit import Actor
from allonce.kernel.notices import choosing, queries, reading, waking
from allonce.kernel.notices.choosing import Mail, Way
from allonce.kernel.notices.kinds import Kind

PER_PAGE = 50


@signed_in
@require_GET
def everything(request: HttpRequest, session: SignInSession) -> HttpResponse:
    page = Paginator(queries.shown_to(session.person), PER_PAGE).get_page(request.GET.get("page"))
    lines = [{"notice": notice, "label": queries.label_of(notice)} for notice in page]
    about = {"page": page, "lines": lines, "unread": queries.unread_of(session.person_id)}
    return render(request, "notices/list.html", about)


@signed_in
@require_POST
def read_all(_request: HttpRequest, session: SignInSession) -> HttpResponse:
    reading.read_all(session.person)
    return redirect("notices:list")


@signed_in
@require_POST
def open_one(_request: HttpRequest, session: SignInSession, notice_id: UUID) -> HttpResponse:
    """Mark it read and go where it leads."""
    notice = reading.open_notice(session.person, notice_id)
    return redirect(notice.words["link"] or "notices:list")


@signed_in
@require_http_methods(["GET", "POST"])
def choices(request: HttpRequest, session: SignInSession) -> HttpResponse:
    """The table of kinds; posting it keeps what it says."""
    ways = choosing.ways_of(session.person)
    if request.method == "POST":
        wanted = {kind.code: _posted(request, kind) for kind in ways if not kind.required}
        choosing.choose(session.person, wanted, actor=_actor(session))
        messages.success(request, _("Kept. It holds from the next notice on."))
        return redirect("notices:choices")
    about = {
        "required": [{"kind": kind, "way": way} for kind, way in ways.items() if kind.required],
        "optional": [{"kind": kind, "way": way} for kind, way in ways.items() if not kind.required],
        "mail_choices": Mail.choices,
        "all_off": choosing.all_off(session.person),
        "key": waking.browser_key(),
    }
    return render(request, "notices/choices.html", about)


@signed_in
@require_POST
def switch_all_off(request: HttpRequest, session: SignInSession) -> HttpResponse:
    choosing.switch_all_off(session.person, actor=_actor(session))
    messages.success(request, _("All notices are off, but for those that a service must send."))
    return redirect("notices:choices")


@signed_in
@require_POST
def start_again(request: HttpRequest, session: SignInSession) -> HttpResponse:
    choosing.start_again(session.person, actor=_actor(session))
    messages.success(request, _("Your choices are as they were in the beginning."))
    return redirect("notices:choices")


def _posted(request: HttpRequest, kind: Kind) -> Way:
    mail = request.POST.get(f"mail-{kind.code}", Mail.OFF)
    push = f"push-{kind.code}" in request.POST
    return Way(f"app-{kind.code}" in request.POST, mail if mail in Mail.values else Mail.OFF, push)


def _actor(session: SignInSession) -> Actor:
    return Actor(kind="person", id=session.person_id, via=session.id)
