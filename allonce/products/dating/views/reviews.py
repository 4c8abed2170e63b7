"""After a real date: that they met, and what to say of it in confidence."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from allonce.kernel.accounts.views.pages import form_page, try_form
from allonce.products.dating.access import member_page
from allonce.products.dating.forms_review import ReviewForm
from allonce.products.dating.models import Member
from allonce.products.dating.services import matching, reviewing


@member_page
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, member: Member, match_id: UUID) -> HttpResponse:
    """The questions, as soon as there was a date to speak of; until then the button that says so."""
    match = matching.mine(member, match_id)
    form = ReviewForm(request.POST or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        answers = {name: given[name] for name in reviewing.QUESTIONS}
        reviewing.review(member, match_id, reviewing.Given(answers, given["words"]))
        messages.success(request, _("Thank you. A person reads it before it counts, and nobody else ever does."))
        return redirect("dating:review", match_id)

    about = {
        "match": match,
        "name": match.other_than(member).first_name,
        "other": match.other_than(member),
        "given": reviewing.of(member, match),
        "open": reviewing.may_review(member, match),
        "said": reviewing.has_said(member, match),
        "tab": "matches",
    }
    return try_form(form, act) or form_page(request, "dating/review.html", form, **about)


@member_page
@require_POST
def met(request: HttpRequest, member: Member, match_id: UUID) -> HttpResponse:
    reviewing.say_met(member, match_id)
    messages.success(request, _("Noted. Your match is not told."))
    return redirect("dating:review", match_id)


@member_page
@require_POST
def take_back(request: HttpRequest, member: Member, match_id: UUID) -> HttpResponse:
    reviewing.take_back(member, match_id)
    messages.success(request, _("Taken back, as if you had never said it."))
    return redirect("dating:review", match_id)
