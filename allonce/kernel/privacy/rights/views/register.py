"""The register, for everybody and for machines, and with more of it for staff."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.accounts.decorators import console
from allonce.kernel.privacy import register
from allonce.kernel.privacy.rights import queries


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    shown = register.lines()
    about = {"lines": shown, "picture": register.picture(shown), "interests": register.interests()}
    return render(request, "rights/register.html", about)


@require_safe
def as_json(_request: HttpRequest) -> JsonResponse:
    return JsonResponse(register.as_json(), json_dumps_params={"indent": 1})


@console("privacy", "admin")
@require_safe
def operator(request: HttpRequest, _staff: StaffAccess) -> HttpResponse:
    shown = register.lines()
    about = {
        "lines": shown,
        "picture": register.picture(shown),
        "figures": queries.figures(),
        "erasures": queries.latest_erasures(),
        "counts": register.row_counts(shown),
    }
    return render(request, "rights/operator_register.html", about)
