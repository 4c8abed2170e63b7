"""What several views share: a form that calls one service and shows its error in place."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from allonce.kernel.accounts.forms import HouseForm
from allonce.kernel.errors import NotFound, TooMany, UserError

Form = TypeVar("Form", bound=HouseForm)


def try_form(form: Form, act: Callable[[dict[str, Any]], HttpResponse]) -> HttpResponse | None:
    """The answer of `act` for a valid form; None when the form has something to say instead."""
    if not form.is_valid():
        return None
    try:
        return act(form.cleaned_data)
    except (TooMany, NotFound):
        raise
    except UserError as error:
        form.take(error)
        return None


def form_page(request: HttpRequest, template: str, form: HouseForm, **about: Any) -> HttpResponse:
    """The page with its form; 422 when something typed has to be mended."""
    status = 422 if form.is_bound else 200
    return render(request, template, {"form": form, **about}, status=status)


def safe_next(request: HttpRequest, otherwise: str) -> str:
    """Where the person was going, if that is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else otherwise
