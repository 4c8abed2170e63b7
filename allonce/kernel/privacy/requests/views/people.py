"""What belongs to whoever is signed in, and the page on which an account answers what was passed on to it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.accounts.decorators import office, signed_in
from allonce.kernel.accounts.forms import HouseForm
from allonce.kernel.accounts.models import SignInSession
from allonce.kernel.accounts.views.pages import try_form
from allonce.kernel.privacy.requests import queries, references
from allonce.kernel.privacy.requests.forms import ReplyForm
from allonce.kernel.privacy.requests.services import referrals


@signed_in
@require_GET
def mine(request: HttpRequest, session: SignInSession) -> HttpResponse:
    asked = queries.requests_of(session.person)
    about = {
        "requests": [(each, references.sign("request", each.id)) for each in asked],
        "transfer": queries.announced_transfer(),
    }
    return render(request, "requests/mine.html", about)


@signed_in
@require_GET
def my_disclosures(request: HttpRequest, session: SignInSession) -> HttpResponse:
    return render(request, "requests/my_disclosures.html", {"lines": queries.disclosures_to_show(session.person)})


@office("owner", "office")
@require_GET
def passed_on(request: HttpRequest, access: AccountAccess) -> HttpResponse:
    return _referrals_page(request, access)


@office("owner", "office")
@require_POST
def note_answer(request: HttpRequest, access: AccountAccess, referral_id: UUID) -> HttpResponse:
    form = ReplyForm(request.POST, auto_id=f"answer-{referral_id}-%s")

    def act(given: dict[str, Any]) -> HttpResponse:
        referrals.note_answer(access, referral_id, given["words"])
        messages.success(request, _("Noted. The Operator sees that you have answered."))
        return redirect("requests:referrals")

    referrals.require_own(access, referral_id)
    return try_form(form, act) or _referrals_page(request, access, {referral_id: form})


def _referrals_page(
    request: HttpRequest, access: AccountAccess, bound: dict[UUID, HouseForm] | None = None
) -> HttpResponse:
    bound = bound or {}
    rows = queries.referrals_of(access.account)
    lines = [(each, bound.get(each.id, ReplyForm(auto_id=f"answer-{each.id}-%s"))) for each in rows]
    return render(request, "requests/referrals.html", {"lines": lines}, status=422 if bound else 200)
