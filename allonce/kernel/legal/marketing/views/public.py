"""What anybody may do without an account: choose cookies, join the newsletter, and leave it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from allonce.kernel.accounts import tenancy
from allonce.kernel.accounts.own_page import without_cookie
from allonce.kernel.accounts.views.pages import form_page, safe_next, try_form
from allonce.kernel.audit import SYSTEM
from allonce.kernel.legal.marketing import cookies as kept
from allonce.kernel.legal.marketing import unsubscribe as links
from allonce.kernel.legal.marketing.forms import NewsletterJoinForm
from allonce.kernel.legal.marketing.models import Channel
from allonce.kernel.legal.marketing.purposes import ALL, purpose_of
from allonce.kernel.legal.marketing.services import joining, preferences
from allonce.kernel.legal.marketing.services.preferences import Said

NEWSLETTER = "marketing.newsletter"


@without_cookie
@require_http_methods(["GET", "POST"])
def cookies(request: HttpRequest) -> HttpResponse:
    """Everything that is kept on devices; posting the form keeps the choice."""
    if request.method == "POST":
        answer = redirect(f"{safe_next(request, request.path)}")
        kept.choose(request, answer, _posted(request))
        return answer
    askable = [
        {"code": each, "label": kept.CATEGORY_LABELS[each], "allowed": kept.allowed(request, each)}
        for each in kept.askable()
    ]
    lines = [{"kept": each, "label": kept.CATEGORY_LABELS[each.category]} for each in kept.everything_kept()]
    about = {"askable": askable, "lines": lines, "chosen": kept.has_chosen(request)}
    return render(request, "marketing/cookies.html", about)


@without_cookie
@require_http_methods(["GET", "POST"])
def newsletter(request: HttpRequest) -> HttpResponse:
    """Ask for the newsletter; what happens next happens in the mailbox."""
    form = NewsletterJoinForm(request.POST or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        joining.ask_to_join(request, given["email"], NEWSLETTER)
        return redirect("marketing:newsletter_asked")

    about = {"purpose": purpose_of(NEWSLETTER)}
    return try_form(form, act) or form_page(request, "marketing/newsletter.html", form, **about)


@require_GET
def newsletter_asked(request: HttpRequest) -> HttpResponse:
    return render(request, "marketing/newsletter_asked.html")


@without_cookie
@never_cache
@require_http_methods(["GET", "POST"])
@tenancy.across_accounts()
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Behind the mailed link. Mail scanners open links, so joining waits for a button."""
    asked = joining.asked(token)
    if request.method == "POST":
        joining.join(asked)
    about = {"joined": request.method == "POST", "purpose": purpose_of(asked.purpose)}
    return render(request, "marketing/confirm.html", about)


@without_cookie
@require_http_methods(["GET", "POST"])
@tenancy.across_accounts()
def leave(request: HttpRequest) -> HttpResponse:
    """The online form: no more marketing to an address, whether it is known or not."""
    form = NewsletterJoinForm(request.POST or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        joining.leave(request, given["email"])
        return render(request, "marketing/left.html")

    return try_form(form, act) or form_page(request, "marketing/leave.html", form)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
@tenancy.across_accounts()
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """One click, sent by a person or by their mail program (RFC 8058): the signed link is all it needs."""
    contact, purpose_code = links.read(token)
    if request.method == "GET":
        return render(request, "marketing/unsubscribe.html", {"purpose": purpose_of(purpose_code)})
    everything = request.POST.get("what") == ALL
    if contact is not None:
        preferences.stop(contact, ALL if everything else purpose_code, Said(Channel.LINK, SYSTEM))
    about = {"everything": everything, "purpose": purpose_of(purpose_code)}
    return render(request, "marketing/unsubscribed.html", about)


def _posted(request: HttpRequest) -> set[kept.Category]:
    """What the form allows: "all", "none", or the ticked categories."""
    said = request.POST.get("choice", "")
    if said in {"all", "none"}:
        return set(kept.OPTIONAL) if said == "all" else set()
    return {category for category in kept.OPTIONAL if category in request.POST}
