"""What anybody may open: the form, and by a mailed link the page of one's own request."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from allonce.kernel.accounts.forms import HouseForm
from allonce.kernel.accounts.models import SignInSession
from allonce.kernel.accounts.own_page import without_cookie
from allonce.kernel.accounts.services.tokens import LinkNotValid
from allonce.kernel.accounts.views.pages import form_page, try_form
from allonce.kernel.audit import Actor
from allonce.kernel.errors import NotFound
from allonce.kernel.legal.authority import authority
from allonce.kernel.privacy.requests import queries, references
from allonce.kernel.privacy.requests.forms import AskForm, AskSignedInForm, DocumentForm, ReplyForm
from allonce.kernel.privacy.requests.models import RightsRequest
from allonce.kernel.privacy.requests.services import asking, carrying, clock, documents, identity
from allonce.kernel.privacy.requests.services.asking import Asked


@without_cookie
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The form for everybody; whoever is signed in is shown the shorter way, and counts as proved."""
    session: SignInSession | None = getattr(request, "sign_in_session", None)
    form: HouseForm = AskSignedInForm(request.POST or None) if session else AskForm(request.POST or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        if session is not None:
            mine = {"name": session.person.name, "email": session.person.email}
            asking.ask_signed_in(session, Asked(**given, **mine))
            messages.success(request, _("Your request has arrived. You get our answer by the day below."))
            return redirect("requests:mine")
        asking.ask(request, Asked(**given))
        return redirect("requests:sent")

    about = {"session": session, "authority": authority(), **_reach()}
    return try_form(form, act) or form_page(request, "requests/ask.html", form, **about)


@require_GET
def sent(request: HttpRequest) -> HttpResponse:
    """The same for everybody."""
    return render(request, "requests/sent.html")


@require_GET
def own(request: HttpRequest, token: str) -> HttpResponse:
    """How a request stands, for whoever holds the link that was mailed to its sender."""
    return _own_page(request, token)


@require_POST
def confirm(_request: HttpRequest, token: str) -> HttpResponse:
    """A press of the button, not the mere opening of the link: programs that scan mail open links."""
    identity.prove_by_mailbox(_id(token))
    return redirect("requests:own", token)


@require_POST
def reply(request: HttpRequest, token: str) -> HttpResponse:
    form = ReplyForm(request.POST)

    def act(given: dict[str, Any]) -> HttpResponse:
        clock.clarify(_id(token), given["words"], Actor("person"))
        messages.success(request, _("Thank you. The time for our answer runs again."))
        return redirect("requests:own", token)

    return try_form(form, act) or _own_page(request, token, reply_form=form)


@require_POST
def upload(request: HttpRequest, token: str) -> HttpResponse:
    form = DocumentForm(request.POST, request.FILES)

    def act(given: dict[str, Any]) -> HttpResponse:
        documents.take(_id(token), given["file"].read())
        messages.success(request, _("Your document has arrived. One person looks at it, then it is destroyed."))
        return redirect("requests:own", token)

    return try_form(form, act) or _own_page(request, token, document_form=form)


@require_POST
def download(_request: HttpRequest, token: str) -> HttpResponse:
    """Everything held about the sender; only for a proved one, and while the link in the answer lasts."""
    archive = carrying.download(identity.verified(_id(token)))
    answer = HttpResponse(archive, content_type="application/zip")
    answer["Content-Disposition"] = 'attachment; filename="your-data.zip"'
    answer["Cache-Control"] = "no-store"
    return answer


def _own_page(
    request: HttpRequest, token: str, reply_form: HouseForm | None = None, document_form: HouseForm | None = None
) -> HttpResponse:
    mine = _request(token)
    about = {
        "mine": mine,
        "token": token,
        "awaits": clock.awaits(mine),
        "reply_form": reply_form or ReplyForm(),
        "document_form": document_form or DocumentForm(),
        "document": documents.standing(mine),
        "offers": carrying.offers_download(mine),
        "authority": authority(),
        **_reach(),
    }
    wrong = reply_form is not None or document_form is not None
    return render(request, "requests/own.html", about, status=422 if wrong else 200)


def _request(token: str) -> RightsRequest:
    try:
        return queries.request_of(_id(token))
    except NotFound as error:
        raise LinkNotValid from error


def _id(token: str) -> UUID:
    ids = references.opened("request", token)
    if len(ids) != 1:
        raise LinkNotValid
    return ids[0]


def _reach() -> dict[str, Any]:
    return {
        "operator_email": settings.OPERATOR_EMAIL,
        "operator_phone": settings.OPERATOR_PHONE,
        "operator_address": settings.OPERATOR_ADDRESS,
    }
