"""Notes visits to public pages."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from allonce.kernel.privacy.analytics import visits


class VisitsMiddleware:
    """Stands behind SignInMiddleware, which tells whether somebody is signed in. Sets no cookie and reads none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        visits.note(request, answer)
        return answer
