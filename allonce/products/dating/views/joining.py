"""Landing, joining, and the first steps of a new member."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from allonce.kernel.accounts import tenancy
from allonce.kernel.accounts.ports import NotAdmitted
from allonce.kernel.accounts.views.pages import form_page, try_form
from allonce.products.dating import places
from allonce.products.dating.access import joining_page
from allonce.products.dating.forms import CodesForm, HopesForm, JoinForm, WhoForm
from allonce.products.dating.models import Member
from allonce.products.dating.oauth.provider import provider
from allonce.products.dating.services import joining, profile, travel
from allonce.products.dating.services.barring import Barred


@require_GET
def landing(request: HttpRequest) -> HttpResponse:
    """What Dating is; whoever is a member goes on to their date. It gives no cookie."""
    session = getattr(request, "sign_in_session", None)
    if session is not None and Member.objects.filter(person_id=session.person_id).exists():
        return redirect("dating:today")
    return render(request, "dating/landing.html", {"signed_in": session is not None, "provider": provider()})


@sensitive_post_parameters("birth_date", "phone")
@require_http_methods(["GET", "POST"])
@tenancy.across_accounts()
def join(request: HttpRequest) -> HttpResponse:
    """Date of birth, address, number; a minor's are forgotten at once."""
    form = JoinForm(request.POST or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        try:
            asked = joining.ask(request, given["email"], given["phone"], given["birth_date"])
        except NotAdmitted as refusal:
            return render(request, "dating/refused.html", {"reason": refusal.message}, status=refusal.status)
        return redirect("dating:codes", asked.id)

    return try_form(form, act) or form_page(request, "dating/join.html", form, provider=provider())


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@tenancy.across_accounts()
def codes(request: HttpRequest, join_id: UUID) -> HttpResponse:
    """Both codes, a first name and a password."""
    try:
        joining.open_request(join_id)
    except joining.JoinOver as over:
        return render(request, "dating/refused.html", {"reason": over.message, "again": True}, status=over.status)
    form = CodesForm(request.POST or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        new = joining.NewMember(given["first_name"], given["password"])
        try:
            joining.finish(request, join_id, given["mail_code"], given["text_code"], new)
        except Barred as refusal:
            about = {"reason": refusal.message, "complain": True}
            return render(request, "dating/refused.html", about, status=refusal.status)
        return redirect("dating:start")

    return try_form(form, act) or form_page(request, "dating/codes.html", form)


@joining_page
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, member: Member) -> HttpResponse:
    """What is still missing, a step at a time: who you are, then where and whom you hope to meet."""
    if member.state != Member.State.JOINING:
        return redirect("dating:today")
    if member.consented_at is None:
        return who_step(request, member, "dating/start_who.html", "dating:start")
    return hopes_step(request, member, "dating/start_hopes.html", "dating:you")


def who_step(request: HttpRequest, member: Member, template: str, then: str) -> HttpResponse:
    """The form of what is sensitive, with its own tick."""
    known = {"sex": member.sex, "seeks": member.seeks} if member.consented_at else {}
    form = WhoForm(request.POST or None, initial=known, consented=member.consented_at is not None)

    def act(given: dict[str, Any]) -> HttpResponse:
        profile.consent(member, given["sex"], given["seeks"])
        return redirect(then)

    return try_form(form, act) or form_page(request, template, form, member=member)


def hopes_step(request: HttpRequest, member: Member, template: str, then: str) -> HttpResponse:
    """Town, ages and distance."""
    age = profile.age_of(member)
    wishes = member.wishes or {"from": max(18, age - 5), "to": min(99, age + 5), "km": 30, "further": True}
    known = {"place": travel.home_of(member)["place"], "youngest": wishes["from"], "oldest": wishes["to"], **wishes}
    form = HopesForm(request.POST or None, initial=known)

    def act(given: dict[str, Any]) -> HttpResponse:
        profile.hope(member, profile.Hopes(given["youngest"], given["oldest"], given["km"], given["further"]))
        profile.live_in(member, given["place"])
        return redirect(then)

    return try_form(form, act) or form_page(request, template, form, member=member)


@require_GET
def towns(request: HttpRequest) -> HttpResponse:
    """Towns that begin as typed, for the list beside the field. They are the same for everybody."""
    found = places.find(request.GET.get("place", "")[:60])
    return render(request, "dating/towns.html", {"towns": found})
