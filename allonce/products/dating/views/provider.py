"""Coming with another service's account: going there, coming back, checking what came over, and joining."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.decorators import csp_update
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from allonce.kernel.accounts import tenancy
from allonce.kernel.accounts.models import Person
from allonce.kernel.accounts.views.pages import try_form
from allonce.kernel.errors import UserError
from allonce.products.dating.access import NotAMember, joining_page, member_of
from allonce.products.dating.forms import ArrivalForm, MailCodeForm
from allonce.products.dating.models import Member
from allonce.products.dating.oauth import client
from allonce.products.dating.oauth.errors import VisitOver
from allonce.products.dating.oauth.likes import interests_in
from allonce.products.dating.services import providers

View = Callable[..., HttpResponseBase]


def _leads_there(view: View) -> View:
    """Let the page's form lead to the provider, and to nobody else."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
        return csp_update({"form-action": [client.required().origin]})(view)(request, *args, **named)

    return shown


def _told_plainly(view: View) -> View:
    """A refusal on the way becomes a page of its own, with the way on."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **named)
        except UserError as refusal:
            if refusal.status == 404:
                raise
            said = {"reason": refusal.message, "code": refusal.code, "provider": client.required()}
            return render(request, "dating/provider_refused.html", said, status=refusal.status)

    return shown


@never_cache
@_leads_there
@require_http_methods(["GET", "POST"])
@tenancy.across_accounts()
@_told_plainly
def begin(request: HttpRequest) -> HttpResponse:
    """What comes over, and the button that leads to the provider; whoever is signed in links the account."""
    person = _person(request)
    if request.method == "POST":
        return HttpResponseRedirect(client.begin(request, str(person.pk) if person else ""))
    return render(request, "dating/provider.html", {"provider": client.required(), "linking": person is not None})


@never_cache
@require_GET
@tenancy.across_accounts()
@_told_plainly
def back(request: HttpRequest) -> HttpResponse:
    """The provider's answer: signs in, links, or shows a newcomer what came over."""
    visit = client.returned(request)
    told = client.profile_of(visit)
    if visit.person:
        return _linked(request, visit.person, told.subject)
    known = providers.sign_in_known(request, told.subject)
    if known is not None:
        return redirect("dating:today" if known else "accounts:second_factor")
    arrival = providers.arrive(request, told, trusted=client.required().proves_email)
    form = ArrivalForm(
        initial={
            "first_name": told.first_name,
            "birth_date": told.birth,
            "email": told.email,
            "interests": interests_in(told.likes),
            "picture": True,
            "carried": providers.sealed(arrival),
        },
        **_of(arrival),
    )
    return _check_page(request, form, arrival)


def _linked(request: HttpRequest, person_id: str, subject: str) -> HttpResponse:
    person = _person(request)
    if person is None or str(person.pk) != person_id:
        # Signed out, or somebody else, since.
        raise VisitOver
    providers.link(person, subject)
    messages.success(request, _("Linked. You can sign in with it from now on."))
    return redirect("dating:you")


@never_cache
@sensitive_post_parameters("birth_date", "carried")
@require_POST
@tenancy.across_accounts()
@_told_plainly
def check(request: HttpRequest) -> HttpResponse:
    """What the newcomer has checked: joins, or proves the mailbox first."""
    arrival, _more = providers.opened(request, request.POST.get("carried", ""))
    form = ArrivalForm(request.POST, **_of(arrival))

    def act(given: dict[str, Any]) -> HttpResponse:
        takes = bool(arrival.picture) and given.get("picture", False)
        checked = providers.Checked(given["first_name"], given["birth_date"], given["interests"], takes)
        if arrival.proved:
            return _joined(request, providers.join(request, arrival, checked), arrival, takes=takes)
        carried = providers.send_code(arrival, given["email"], checked)
        return _code_page(request, MailCodeForm(initial={"carried": carried}))

    return _acted(form, act) or _check_page(request, form, arrival)


@never_cache
@require_POST
@tenancy.across_accounts()
@_told_plainly
def code(request: HttpRequest) -> HttpResponse:
    """The code from the mail, where the provider had proved no address."""
    form = MailCodeForm(request.POST)
    arrival, found = providers.opened(request, request.POST.get("carried", ""))

    def act(given: dict[str, Any]) -> HttpResponse:
        member = providers.finish_with_code(request, given["carried"], given["mail_code"])
        return _joined(request, member, arrival, takes=found["checked"]["takes_picture"])

    return _acted(form, act) or _code_page(request, form)


@joining_page
@require_POST
def unlink(request: HttpRequest, member: Member) -> HttpResponse:
    """Forget the account elsewhere."""
    providers.unlink(member.person)
    said = _("No longer linked. Sign in with your email; a new password comes by mail if you need one.")
    messages.success(request, said)
    return redirect("dating:you")


def _acted(form: Any, act: Callable[[dict[str, Any]], HttpResponse]) -> HttpResponse | None:
    """As `try_form`; what ends the attempt gets the page of refusals."""
    stays = {"codes_wrong", "unfit_profile"}

    def guarded(given: dict[str, Any]) -> HttpResponse:
        try:
            return act(given)
        except UserError as refusal:
            if refusal.code in stays:
                raise
            raise _Ends(refusal) from refusal

    try:
        return try_form(form, guarded)
    except _Ends as end:
        raise end.refusal from None


class _Ends(Exception):
    def __init__(self, refusal: UserError) -> None:
        self.refusal = refusal
        super().__init__(refusal.code)


def _joined(request: HttpRequest, member: Member, arrival: providers.Arrival, *, takes: bool) -> HttpResponse:
    if takes and not providers.take_picture(member, arrival.picture):
        messages.warning(request, _("The picture could not be taken over. You can add one under You."))
    return redirect("dating:start")


def _check_page(request: HttpRequest, form: ArrivalForm, arrival: providers.Arrival) -> HttpResponse:
    about = {"form": form, "arrival": arrival, "provider": client.required()}
    about["preview"] = providers.preview(arrival.picture)
    return render(request, "dating/provider_check.html", about, status=422 if form.is_bound else 200)


def _code_page(request: HttpRequest, form: MailCodeForm) -> HttpResponse:
    return render(request, "dating/provider_code.html", {"form": form}, status=422 if form.is_bound else 200)


def _of(arrival: providers.Arrival) -> dict[str, bool]:
    return {"proved": arrival.proved, "has_picture": bool(arrival.picture)}


def _person(request: HttpRequest) -> Person | None:
    """The member who is signed in here, with their own eyes."""
    session = getattr(request, "sign_in_session", None)
    try:
        return member_of(session).person if session is not None else None
    except NotAMember:
        return None
