"""What anybody may see: a Client's logo, as visitors see it, and the principles that hold for visitors' data."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from allonce.kernel.accounts import tenancy
from allonce.kernel.errors import NotFound
from allonce.products.chat.leads import branding
from allonce.products.chat.models import ChatClient
from allonce.products.chat.portal.recourse import recourse


@dataclass(frozen=True)
class Principle:
    """What holds, what carries it out, and the page that shows it. `promise` is its row in the register."""

    code: str
    title: Any
    holds: Any
    carried_out: Any
    url_name: str
    promise: str


PRINCIPLES = (
    Principle(
        "notice",
        _("Notice"),
        _("Whoever writes learns first for what it is used and by whom."),
        _("The business's own notice and the link to its policy stand before the first message is sent."),
        "legal:library",
        "CHAT-DIRECTION",
    ),
    Principle(
        "choice",
        _("Choice"),
        _("Nobody need say who they are, and whoever wants no further contact gets none."),
        _(
            "The chat works without name, address and cookies. A request for no more contact closes mail, text and "
            "call to that business at once."
        ),
        "requests:ask",
        "CHAT-NO-CONTACT",
    ),
    Principle(
        "onward",
        _("Onward transfer"),
        _("What is written goes to the business it was written to, and to nobody else."),
        _(
            "Every way out is listed with who carries it and where; without an approved processor nothing leaves. "
            "A listing site gets numbers by month and never a conversation."
        ),
        "processors:public",
        "CHAT-PURPOSE-LIMIT",
    ),
    Principle(
        "security",
        _("Security"),
        _("What is kept is unreadable to whoever steals it."),
        _("Each business's conversations are encrypted under a key of its own; files are checked first."),
        "promises",
        "PRIV-ENCRYPTED-AT-REST",
    ),
    Principle(
        "integrity",
        _("Data integrity"),
        _("What is kept is right, is needed, and goes when its time is over."),
        _(
            "The business corrects and deletes in its portal. It sets how many days are kept, a year unless it chose; "
            "a sweep removes the rest each night."
        ),
        "promises",
        "CHAT-RETENTION",
    ),
    Principle(
        "access",
        _("Access"),
        _("Whoever wrote can have a copy, a correction or deletion."),
        _(
            "Ask the business, or ask us: we acknowledge the request, pass it to the business that decides, carry out "
            "what it says, and follow it until it is answered."
        ),
        "requests:ask",
        "CHAT-DIRECTION",
    ),
    Principle(
        "enforcement",
        _("Enforcement"),
        _("What cannot be settled with us goes to somebody who depends on neither side."),
        _("Each of these is a numbered promise with a test that fails when it is broken. For complaints see below."),
        "promises",
        "CHAT-ENFORCEMENT",
    ),
)


@require_GET
def principles(request: HttpRequest) -> HttpResponse:
    """The policy page of Chat: each principle with the place that carries it out, and where to complain."""
    about = {"principles": PRINCIPLES, "recourse": recourse(), "operator_email": settings.OPERATOR_EMAIL}
    return render(request, "chat_portal/principles.html", about)


@require_GET
def logo(_request: HttpRequest, public_id: str) -> HttpResponse:
    """A Client's logo, for the mails that come in its name and for its chat."""
    with tenancy.across_accounts():
        found = ChatClient.objects.filter(public_id=public_id, hidden_at=None, account__ended_at=None).first()
        if found is None:
            raise NotFound
        data = branding.logo_of(found.account_id)
    headers = {"Cache-Control": "public, max-age=3600", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(data, "image/png", headers=headers | {"Cross-Origin-Resource-Policy": "cross-origin"})
