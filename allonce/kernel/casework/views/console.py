"""The queue and the cases at the Operator's console. A case is read and worked on only after a stated reason."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.accounts.decorators import console
from allonce.kernel.accounts.forms import HouseForm
from allonce.kernel.accounts.views.pages import try_form
from allonce.kernel.casework import queries
from allonce.kernel.casework.forms import AnswerForm, DecisionForm, NoteForm, ReasonForm
from allonce.kernel.casework.models import Case
from allonce.kernel.casework.services import appealing, deciding, words, working
from allonce.kernel.errors import NotFound
from allonce.kernel.uploads import serving

PER_PAGE = 50
Act = Callable[[dict[str, Any]], str]


@console()
@require_GET
def queue(request: HttpRequest, staff: StaffAccess) -> HttpResponse:
    """Numbers, kinds and dates; the filter is in the address, so that it survives a reload."""
    given = request.GET
    wanted = queries.QueueFilter(
        given.get("state", ""),
        given.get("kind", "").replace("\0", ""),
        bool(given.get("mine")),
        bool(given.get("late")),
    )
    page = Paginator(queries.queue(staff, wanted), PER_PAGE).get_page(given.get("page"))
    query = given.copy()
    query.pop("page", None)
    about = {
        "page": page,
        "lines": [queries.line(each) for each in page.object_list],
        "wanted": wanted,
        "query": query.urlencode(),
        "kinds": queries.kinds_for(staff),
        "states": Case.State.choices,
    }
    return render(request, "casework/queue.html", about)


@console()
@require_GET
def case(request: HttpRequest, staff: StaffAccess, case_id: int) -> HttpResponse:
    return _page(request, staff, case_id)


@console()
@require_GET
def sound(request: HttpRequest, staff: StaffAccess, case_id: int, text_id: UUID, number: int) -> HttpResponse:
    """A recording that was put into the case, for whoever has it open."""
    found, _kind = working.find(staff, case_id)
    if working.opening_of(staff, found) is None:
        raise NotFound
    media, data = words.sound_of(found, text_id, number)
    made = serving.played(request, data, media)
    made["Cache-Control"] = "private, no-store"
    return made


@console()
@require_POST
def open_case(request: HttpRequest, staff: StaffAccess, case_id: int) -> HttpResponse:
    form = ReasonForm(request.POST)

    def act(given: dict[str, Any]) -> str:
        working.open_with_reason(staff, case_id, given["reason"])
        return _("The case is open to you for an hour.")

    return _tried(request, staff, case_id, form, act)


@console()
@require_POST
def take_on(request: HttpRequest, staff: StaffAccess, case_id: int) -> HttpResponse:
    working.take_on(staff, case_id)
    messages.success(request, _("The case is yours. You are reminded before it is due."))
    return redirect("casework:case", case_id)


@console()
@require_POST
def hold(request: HttpRequest, staff: StaffAccess, case_id: int) -> HttpResponse:
    wanted = request.POST.get("held") == "yes"
    working.hold(staff, case_id, wanted=wanted)
    messages.success(request, _("Held: it stays beyond its time.") if wanted else _("No longer held."))
    return redirect("casework:case", case_id)


@console()
@require_POST
def note(request: HttpRequest, staff: StaffAccess, case_id: int) -> HttpResponse:
    form = NoteForm(request.POST)

    def act(given: dict[str, Any]) -> str:
        working.add_note(staff, case_id, given["text"])
        return _("Noted.")

    return _tried(request, staff, case_id, form, act)


@console()
@require_POST
def decide(request: HttpRequest, staff: StaffAccess, case_id: int) -> HttpResponse:
    found, kind = working.find(staff, case_id)
    form = DecisionForm(kind.choices(deciding.about(found)), request.POST)

    def act(given: dict[str, Any]) -> str:
        choice = deciding.Choice(given["revision"], given["action"], given["reason"], given["facts"])
        deciding.decide(staff, case_id, choice)
        return _("Decided. Whoever it concerns is told where it matters.")

    return _tried(request, staff, case_id, form, act)


@console()
@require_POST
def confirm(request: HttpRequest, staff: StaffAccess, case_id: int) -> HttpResponse:
    agreed = request.POST.get("agreed") == "yes"

    def act(_given: dict[str, Any]) -> str:
        deciding.confirm(staff, case_id, _revision(request), agreed=agreed)
        return _("Confirmed.") if agreed else _("Sent back.")

    return _tried(request, staff, case_id, _Pressed(request.POST), act)


@console()
@require_POST
def answer(request: HttpRequest, staff: StaffAccess, case_id: int) -> HttpResponse:
    form = AnswerForm(request.POST)

    def act(given: dict[str, Any]) -> str:
        upheld = given["outcome"] == "upheld"
        appealing.answer(staff, case_id, given["revision"], upheld=upheld, reason=given["reason"])
        return _("Answered. The person concerned is told.")

    return _tried(request, staff, case_id, form, act)


class _Pressed(HouseForm):
    """A button alone; it shows what a service refuses."""


def _revision(request: HttpRequest) -> int:
    given = request.POST.get("revision", "")
    return int(given) if given.isdecimal() and len(given) < 10 else 0


def _tried(request: HttpRequest, staff: StaffAccess, case_id: int, form: HouseForm, act: Act) -> HttpResponse:
    """Do it, come back to the case and say what `act` says; or show the case with what is wrong."""

    def done(given: dict[str, Any]) -> HttpResponse:
        messages.success(request, act(given))
        return redirect("casework:case", case_id)

    return try_form(form, done) or _page(request, staff, case_id, form)


def _page(request: HttpRequest, staff: StaffAccess, case_id: int, form: HouseForm | None = None) -> HttpResponse:
    found, kind = working.find(staff, case_id)
    about: dict[str, Any] = {"case": found, "kind": kind, "opening": working.opening_of(staff, found)}
    status = 422 if form is not None else 200
    if about["opening"] is None:
        about["form"] = form if isinstance(form, ReasonForm) else ReasonForm()
        return render(request, "casework/closed_case.html", about, status=status)
    return render(request, "casework/case.html", about | _inside(staff, found, kind, form), status=status)


def _inside(staff: StaffAccess, found: Case, kind: Any, form: HouseForm | None) -> dict[str, Any]:
    subject, seen = deciding.about(found), {"revision": found.revision}
    texts = words.of_case(found)
    refused = form.non_field_errors() if form is not None else []
    return {
        "more": kind.more(found.pk) if kind.more else [],
        "shown": kind.show(subject) if kind.show else [],
        "evidence": [each for each in texts if each.role == "evidence"],
        "texts": [each for each in texts if each.role not in {"evidence", "statement"}],
        "decisions": [(each, queries.action_label(each)) for each in queries.decisions_of(found)],
        "history": queries.history(found),
        "note_form": form if isinstance(form, NoteForm) else NoteForm(),
        "decision_form": _kept(form, DecisionForm, found.revision) or DecisionForm(kind.choices(subject), initial=seen),
        "answer_form": _kept(form, AnswerForm, found.revision) or AnswerForm(initial=seen),
        "refused": refused,
        "is_mine": found.assigned_id == staff.person.id,
    }


def _kept(form: HouseForm | None, sort: type[HouseForm], revision: int) -> HouseForm | None:
    """What was typed, to be mended; after a refusal because the case moved, nothing of it is lost either."""
    if not isinstance(form, sort):
        return None
    typed = {name: form.data[name] for name in form.data}
    form.data = {**typed, "revision": revision}
    return form
