"""Pages say times in the installation's zone; what is kept, sent and logged stays in UTC."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone


class ShownZoneMiddleware:
    """Templates written for a request turn moments into `settings.SHOWN_ZONE`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with timezone.override(ZoneInfo(settings.SHOWN_ZONE)):
            return self.get_response(request)
