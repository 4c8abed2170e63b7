"""The pages that belong to no product: the front door, the parts of the design, the icon."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import cache_control

from allonce.kernel.accounts import tenancy
from allonce.kernel.accounts.demo import is_shop_gone
from allonce.kernel.clock import today

ACCENTS = {
    "setup": "Setup and Mobile",
    "time": "Time and Track",
    "chat": "Chat",
    "managed": "Managed services",
    "dating": "Dating",
    "operator": "Operator",
}
STATUSES = {"good": "Delivered", "next": "Ready to send", "warn": "May have been sent", "bad": "Refused"}


def home(request: HttpRequest) -> HttpResponse:
    """What Allonce is; in the demo also the doors to walk through."""
    mailbox = f"{request.scheme}://{request.get_host().split(':')[0]}:{settings.MAILBOX_PORT}/"
    # By number, not by name: to browsers another site than this one, as a customer's site is.
    sites = f"http://127.0.0.1:{settings.CHAT_SITES_PORT}/"
    about = {"mailbox_url": mailbox, "sites_url": sites, "days_ahead": settings.DEMO_DAYS_AHEAD, "today": today()}
    if settings.DEMO:
        with tenancy.across_accounts():
            about["shop_gone"] = is_shop_gone()
    return render(request, "home.html", about)


def parts(request: HttpRequest) -> HttpResponse:
    """Every part of the design system in all its states."""
    shown = {"statuses": STATUSES.items(), "accents": ACCENTS.items(), "sizes": [600, 800, 1000, 1200]}
    return render(request, "parts.html", shown)


@cache_control(public=True, max_age=86400)
def icon(_request: HttpRequest) -> HttpResponse:
    """The mark as a favicon."""
    drawn = '<svg xmlns="http://www.w3.org/2000/svg" color="#0b6e6e" '
    mark = render_to_string("parts/mark.html").replace("<svg ", drawn)
    return HttpResponse(mark, content_type="image/svg+xml")
