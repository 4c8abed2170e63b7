"""Forms that strangers fill in without being given a cookie first."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt

from allonce.kernel.errors import Forbidden

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
PlainView = Callable[..., HttpResponse]


class FromElsewhere(Forbidden):
    """The form was not sent from a page of ours."""

    code = "from_elsewhere"
    message = gettext_lazy("That form was not sent from our own page. Open the page here and try again.")


def without_cookie(view: View[P]) -> PlainView:
    """Instead of a token in a cookie, what the browser itself says of where a form was sent from must be this site.

    For forms that act for whoever sends them and need nobody signed in. Raises FromElsewhere.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method == "POST" and not _from_here(request):
            raise FromElsewhere
        return view(request, *args, **kwargs)

    return csrf_exempt(guarded)


def _from_here(request: HttpRequest) -> bool:
    said = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(said)[:2] == (request.scheme, request.get_host())
