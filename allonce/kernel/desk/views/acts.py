"""What staff do on a ticket: answer it, and the acts beside the answer, each with its form and the one service."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.accounts.decorators import console
from allonce.kernel.accounts.forms import HouseForm
from allonce.kernel.accounts.views.pages import try_form
from allonce.kernel.desk import forms, queries
from allonce.kernel.desk.models import Dispute, SavedReply, Ticket
from allonce.kernel.desk.services import answering, closing, disputes, filing, knowledge
from allonce.kernel.desk.services.answering import Answer
from allonce.kernel.errors import NotFound

Given = dict[str, Any]


@dataclass(frozen=True)
class Act:
    """One thing to do; `fits` tells whether it is offered for a ticket as it stands."""

    label: Any
    explains: Any
    form: type[HouseForm]
    run: Callable[[StaffAccess, UUID, Given], object]
    fits: Callable[[Ticket], bool]
    danger: bool = False


def _dispute(ticket: Ticket) -> Dispute | None:
    return Dispute.objects.filter(ticket=ticket).first()


def _merge(staff: StaffAccess, ticket_id: UUID, given: Given) -> None:
    closing.merge(staff, ticket_id, int("".join(each for each in given["number"] if each.isdigit())))


def _is_living(ticket: Ticket) -> bool:
    return not ticket.is_closed


def _is_plain(ticket: Ticket) -> bool:
    return not ticket.is_closed and ticket.kind != Ticket.Kind.DISPUTE


def _is_case(ticket: Ticket) -> bool:
    return not ticket.is_closed and ticket.kind == Ticket.Kind.DISPUTE


def _may_be_taken(ticket: Ticket) -> bool:
    found = _dispute(ticket) if _is_case(ticket) else None
    return found is not None and found.waits_to_be_taken


def _may_be_looked_at(ticket: Ticket) -> bool:
    found = _dispute(ticket) if _is_case(ticket) else None
    return found is not None and found.access


ACTS: dict[str, Act] = {
    "note": Act(
        gettext_lazy("Add a note"),
        gettext_lazy("Staff alone read it; it never leaves the desk."),
        forms.NoteForm,
        lambda staff, pk, given: answering.note(staff, pk, given["words"]),
        lambda _ticket: True,
    ),
    "take": Act(
        gettext_lazy("Take it"),
        gettext_lazy("You handle this ticket from now on."),
        forms.PlainForm,
        lambda staff, pk, _given: answering.take(staff, pk, staff.person.id),
        _is_living,
    ),
    "let-go": Act(
        gettext_lazy("Let go of it"),
        gettext_lazy("Nobody handles it until somebody takes it."),
        forms.PlainForm,
        lambda staff, pk, _given: answering.take(staff, pk, None),
        lambda ticket: _is_living(ticket) and ticket.handler_id is not None,
    ),
    "sort": Act(
        gettext_lazy("Sort it"),
        gettext_lazy("What it is, and how urgent: by that the answer falls due."),
        forms.SortForm,
        lambda staff, pk, given: answering.sort(staff, pk, given["kind"], given["priority"]),
        _is_plain,
    ),
    "time": Act(
        gettext_lazy("Log time"),
        gettext_lazy("Minutes that you spent on it beside writing."),
        forms.TimeForm,
        lambda staff, pk, given: answering.log(staff, pk, given["minutes"]),
        lambda _ticket: True,
    ),
    "merge": Act(
        gettext_lazy("Merge"),
        gettext_lazy("It goes into another ticket; its lines and its time stay."),
        forms.MergeForm,
        _merge,
        _is_plain,
    ),
    "not-reproduced": Act(
        gettext_lazy("Could not be reproduced"),
        gettext_lazy("If it is not reported again for a month, it is proposed for closing."),
        forms.PlainForm,
        lambda staff, pk, _given: closing.not_reproduced(staff, pk),
        lambda ticket: _is_living(ticket) and ticket.kind == Ticket.Kind.INCIDENT and not ticket.not_reproduced_at,
    ),
    "close": Act(
        gettext_lazy("Close"),
        gettext_lazy("It is solved, and the sender was told. A new word of theirs opens it again."),
        forms.PlainForm,
        lambda staff, pk, _given: closing.close(staff, pk),
        lambda ticket: ticket.state == Ticket.State.SOLVED,
    ),
    "reopen": Act(
        gettext_lazy("Open again"),
        gettext_lazy("It stands in the queue again. The sender is not told."),
        forms.PlainForm,
        lambda staff, pk, _given: answering.reopen(staff, pk),
        lambda ticket: ticket.is_closed and not ticket.merged_into_id and ticket.kind != Ticket.Kind.DISPUTE,
    ),
    "take-case": Act(
        gettext_lazy("Take the case"),
        gettext_lazy("It came late. Taken all the same, its seven working days begin today."),
        forms.PlainForm,
        lambda staff, pk, _given: disputes.take(staff, pk),
        _may_be_taken,
    ),
    "look": Act(
        gettext_lazy("Look at the account"),
        gettext_lazy("For an hour, for this case, as its sender allowed. The account sees that you looked."),
        forms.PlainForm,
        lambda staff, pk, _given: disputes.look(staff, pk),
        _may_be_looked_at,
    ),
    "decide": Act(
        gettext_lazy("Decide the case"),
        gettext_lazy("The sender is told what comes of it and why. Access to their data ends."),
        forms.DecideForm,
        lambda staff, pk, given: disputes.decide(staff, pk, given["outcome"], given["reasons"]),
        _is_case,
        danger=True,
    ),
}


@console("support")
@require_POST
def act(request: HttpRequest, staff: StaffAccess, ticket_id: UUID, name: str) -> HttpResponse:
    """One of the acts offered on the page of the ticket."""
    chosen, ticket = ACTS.get(name), queries.ticket_of(ticket_id)
    if chosen is None or not chosen.fits(ticket):
        raise NotFound
    form = chosen.form(request.POST, auto_id=f"{name}-%s")

    def do(given: Given) -> HttpResponse:
        chosen.run(staff, ticket_id, given)
        messages.success(request, _("Done: %s.") % chosen.label)
        return redirect("desk:ticket", ticket_id)

    return try_form(form, do) or ticket_page(request, staff, ticket, {name: form})


@console("support")
@require_POST
def answer(request: HttpRequest, staff: StaffAccess, ticket_id: UUID) -> HttpResponse:
    """Write to the sender. What was typed stays in its field if somebody was quicker."""
    ticket = queries.ticket_of(ticket_id)
    form = forms.AnswerForm(request.POST, request.FILES, auto_id="answer-%s")

    def do(given: Given) -> HttpResponse:
        sent, minutes = filing.from_form(given.pop("file")), given.pop("minutes") or 0
        answering.answer(staff, ticket_id, Answer(**given, minutes=minutes, files=sent))
        messages.success(request, _("Sent."))
        return redirect("desk:ticket", ticket_id)

    return try_form(form, do) or ticket_page(request, staff, ticket, {"answer": form})


def ticket_page(
    request: HttpRequest, staff: StaffAccess, ticket: Ticket, bound: dict[str, HouseForm] | None = None
) -> HttpResponse:
    """The whole ticket, with the answer below what was said and the acts beside it."""
    bound = bound or {}
    ticket.refresh_from_db(fields=["revision", "state"])
    about = {
        "ticket": ticket,
        "lines": queries.lines_of(ticket, staff=True),
        "dispute": _dispute(ticket),
        "minutes": queries.minutes_of(ticket),
        "others": queries.others_of(ticket),
        "names": queries.names_of([ticket.handler_id, ticket.closed_by]),
        "suggested": queries.suggested(ticket.subject),
        "replies": SavedReply.objects.order_by("title"),
        "answer_form": _answer_form(bound.get("answer"), ticket, request.GET.get("begin", "")),
        "acts": [(name, each, _form(name, each, ticket, bound)) for name, each in ACTS.items() if each.fits(ticket)],
        "me": staff.person.id,
    }
    return render(request, "desk/ticket.html", about, status=422 if bound else 200)


def _answer_form(bound: HouseForm | None, ticket: Ticket, begin: str) -> HouseForm:
    """The revision on the page is the newest, so that whoever has read what came can send again."""
    if bound is None:
        initial = {"revision": ticket.revision, **_begun(ticket, begin)}
        return forms.AnswerForm(initial=initial, auto_id="answer-%s")
    bound.data = {**{name: bound.data.get(name, "") for name in bound.data}, "revision": str(ticket.revision)}
    return bound


def _begun(ticket: Ticket, begin: str) -> Given:
    """The words of the saved reply that was chosen; nothing for what is none."""
    chosen = next((each for each in SavedReply.objects.all() if str(each.pk) == begin), None)
    return {"words": knowledge.filled(chosen, ticket), "after": chosen.after} if chosen else {}


def _form(name: str, act: Act, ticket: Ticket, bound: dict[str, HouseForm]) -> HouseForm:
    initial = {"kind": ticket.kind, "priority": ticket.priority}
    return bound.get(name) or act.form(initial=initial, auto_id=f"{name}-%s")
