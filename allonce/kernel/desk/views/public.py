"""What anybody may open: the desk's front, the form, answers, and by a mailed link one's own ticket."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from allonce.kernel.accounts.own_page import without_cookie
from allonce.kernel.accounts.views.pages import form_page, try_form
from allonce.kernel.audit import SYSTEM
from allonce.kernel.clock import now
from allonce.kernel.desk import links, queries
from allonce.kernel.desk.forms import AskForm, RateForm, WriteForm
from allonce.kernel.desk.hours import HOURS
from allonce.kernel.desk.models import Article, Ticket
from allonce.kernel.desk.services import filing, opening, speaking
from allonce.kernel.desk.services.filing import Carried
from allonce.kernel.desk.services.opening import Opened
from allonce.kernel.desk.views.handing_out import as_file
from allonce.kernel.desk.views.reaching import across_accounts
from allonce.kernel.errors import NotFound
from allonce.kernel.legal.rendering.page_text import as_html


def reach() -> dict[str, Any]:
    """The ways to the desk, whether it is there now, and when it opens next."""
    moment = now()
    return {
        "email": settings.SUPPORT_EMAIL,
        "phone": settings.OPERATOR_PHONE,
        "is_open": HOURS.is_open(moment),
        "opens": HOURS.opens_next(moment),
    }


@require_GET
def front(request: HttpRequest) -> HttpResponse:
    """Where help is, and answers that are there already. It gives no cookie."""
    return render(request, "desk/front.html", {"articles": queries.published(), **reach()})


@across_accounts
@without_cookie
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The form for everybody; whoever is signed in asks in the portal."""
    if getattr(request, "sign_in_session", None) is not None:
        return redirect("desk:my_new")
    form = AskForm(request.POST or None, request.FILES or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        carried = Carried(filing.from_form(given.pop("file")))
        opening.ask(request, Opened(Ticket.Channel.FORM, **given, carried=carried))
        return redirect("desk:sent")

    return try_form(form, act) or form_page(request, "desk/ask.html", form, **reach())


@require_GET
def suggest(request: HttpRequest) -> HttpResponse:
    """Answers that may be the one, while somebody writes."""
    words = " ".join((request.GET.get("subject", ""), request.GET.get("words", "")))[:4000]
    return render(request, "desk/parts/suggested.html", {"articles": queries.suggested(words)})


@require_GET
def sent(request: HttpRequest) -> HttpResponse:
    """The same for everybody."""
    return render(request, "desk/sent.html", reach())


@require_GET
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """One published answer."""
    found = Article.objects.exclude(published_at=None).filter(slug=slug).first()
    if found is None:
        raise NotFound
    return render(request, "desk/article.html", {"article": found, "text": as_html(found.text)})


@across_accounts
@require_GET
def own(request: HttpRequest, token: str) -> HttpResponse:
    """A ticket for whoever holds the link that was mailed to its sender."""
    return own_page(request, _ticket(token), TokenWay(token))


@across_accounts
@require_POST
def write(request: HttpRequest, token: str) -> HttpResponse:
    return write_on(request, _ticket(token), TokenWay(token))


@across_accounts
@require_POST
def rate(request: HttpRequest, token: str) -> HttpResponse:
    return rate_on(request, _ticket(token), TokenWay(token))


@across_accounts
@require_GET
def file(_request: HttpRequest, token: str, file_id: UUID) -> HttpResponse:
    return as_file(*filing.read(_ticket(token), file_id, staff=False))


class TokenWay:
    """The addresses of a ticket by its mailed link."""

    template = "desk/own.html"

    def __init__(self, token: str) -> None:
        self.args: tuple[object, ...] = (token,)
        self.names = {"page": "desk:own", "write": "desk:own_write", "rate": "desk:own_rate", "file": "desk:own_file"}
        self.actor = SYSTEM

    def url(self, name: str, *more: object) -> str:
        return reverse(self.names[name], args=(*self.args, *more))


def own_page(request: HttpRequest, ticket: Ticket, way: TokenWay, **bound: Any) -> HttpResponse:
    """What was said, and the forms to go on."""
    lines = queries.lines_of(ticket, staff=False)
    about = {
        "ticket": ticket,
        "lines": lines,
        "file_url": {each.id: way.url("file", each.id) for line in lines for each in line.line.files.all()},
        "write_url": way.url("write"),
        "rate_url": way.url("rate"),
        "may_rate": ticket.state in (Ticket.State.SOLVED, Ticket.State.CLOSED) and ticket.kind != Ticket.Kind.DISPUTE,
        "write_form": WriteForm(auto_id="write-%s"),
        "rate_form": RateForm(initial={"stars": ticket.stars}, auto_id="rate-%s"),
        **bound,
    }
    return render(request, way.template, about, status=422 if bound else 200)


def write_on(request: HttpRequest, ticket: Ticket, way: TokenWay) -> HttpResponse:
    """One more word of the sender."""
    form = WriteForm(request.POST, request.FILES, auto_id="write-%s")

    def act(given: dict[str, Any]) -> HttpResponse:
        carried = Carried(filing.from_form(given["file"]))
        speaking.write(ticket.id, given["words"], way.actor, carried)
        messages.success(request, _("Sent. The desk answers by mail, and here."))
        return redirect(way.url("page"))

    return try_form(form, act) or own_page(request, ticket, way, write_form=form)


def rate_on(request: HttpRequest, ticket: Ticket, way: TokenWay) -> HttpResponse:
    """How it was."""
    form = RateForm(request.POST, auto_id="rate-%s")

    def act(given: dict[str, Any]) -> HttpResponse:
        speaking.rate(ticket.id, given["stars"], given["words"], way.actor)
        messages.success(request, _("Thank you for telling us."))
        return redirect(way.url("page"))

    return try_form(form, act) or own_page(request, ticket, way, rate_form=form)


def _ticket(token: str) -> Ticket:
    return queries.ticket_of(links.id_of(token))
