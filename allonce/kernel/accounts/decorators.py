"""Decorators with which views stand behind the door: `@office(...)`, `@console(...)` and `@signed_in`."""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, resolve_url

from allonce.kernel.accounts import mandates, tenancy
from allonce.kernel.accounts.access import (
    AccountAccess,
    AgreementEnded,
    NotSignedIn,
    SecondFactorNeeded,
    StaffAccess,
    access_account,
    access_operator,
    current_session,
)
from allonce.kernel.accounts.models import SignInSession
from allonce.kernel.errors import NotFound
from allonce.kernel.errors.translate import wants_json

P = ParamSpec("P")
OfficeView = Callable[Concatenate[HttpRequest, AccountAccess, P], HttpResponseBase]
PersonView = Callable[Concatenate[HttpRequest, SignInSession, P], HttpResponseBase]
StaffView = Callable[Concatenate[HttpRequest, StaffAccess, P], HttpResponseBase]
PlainView = Callable[..., HttpResponseBase]


def office(*roles: str, although_ended: bool = False) -> Callable[[OfficeView[P]], PlainView]:
    """Pass the view an AccountAccess as second argument, for people holding one of `roles` (any but agent if none).

    A stranger is sent to sign in; everybody else without the role gets a 404. Once the agreement ended only its
    owners get in, to read, unless the view is for them `although_ended`. `request.access` holds the access for
    templates.
    """

    def decorate(view: OfficeView[P]) -> PlainView:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            detour = _before_the_door(request)
            if detour is not None:
                return detour
            access = access_account(request, *roles, although_ended=although_ended)
            request.access = access  # type: ignore[attr-defined]
            return view(request, access, *args, **kwargs)

        return guarded

    return decorate


def console(*duties: str) -> Callable[[StaffView[P]], PlainView]:
    """A page of the Operator's console, across accounts by nature; passes the view a StaffAccess as second argument.

    `duties` names who may open it (any staff if none), as in `models.Duty`: "support", "moderation" and so on.
    To everybody else the page does not exist, and it opens only after a second factor in this session.
    """

    def decorate(view: StaffView[P]) -> PlainView:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            detour = _before_the_door(request)
            if detour is not None:
                return detour
            try:
                staff = access_operator(request, *duties)
            except SecondFactorNeeded:
                if _speaks_from_a_page(request):
                    raise
                return _to_second_factor(request)
            request.staff = staff  # type: ignore[attr-defined]
            with tenancy.across_accounts(), mandates.at_the_console(request):
                return view(request, staff, *args, **kwargs)

        return guarded

    return decorate


def signed_in(view: PersonView[P]) -> PlainView:
    """For pages about the person alone: pass the SignInSession as second argument.

    The account the person works in is opened too where there is one, since every page shows its name.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        detour = _before_the_door(request)
        if detour is not None:
            return detour
        with suppress(NotFound, AgreementEnded):
            request.access = access_account(request)  # type: ignore[attr-defined]
        return view(request, current_session(request), *args, **kwargs)

    return guarded


def _before_the_door(request: HttpRequest) -> HttpResponseBase | None:
    try:
        person = current_session(request).person
    except NotSignedIn:
        if _speaks_from_a_page(request):
            raise
        return _to_sign_in(request)
    if person.password_change_required and request.path != resolve_url("accounts:password"):
        return redirect("accounts:password")
    return None


def _speaks_from_a_page(request: HttpRequest) -> bool:
    """Whether a script of an open page asks: a sign-in page in its place would be taken for the answer."""
    return wants_json(request) or "HX-Request" in request.headers


def _to_second_factor(request: HttpRequest) -> HttpResponseBase:
    back = request.get_full_path() if request.method == "GET" else resolve_url("accounts:operator")
    return redirect_to_login(back, resolve_url("accounts:operator_second_factor"))


def _to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """Come back to this page afterwards, unless it was no page that one can come back to."""
    back: Any = request.get_full_path() if request.method == "GET" else resolve_url("accounts:overview")
    return redirect_to_login(back, resolve_url(settings.LOGIN_URL))
