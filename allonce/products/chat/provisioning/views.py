"""Providers' pages about the businesses they list, and businesses' page about who lists them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from allonce.kernel import uploads
from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.accounts.decorators import office
from allonce.kernel.accounts.views.pages import form_page, try_form
from allonce.kernel.errors import NotFound, UserError
from allonce.products.chat.models import ProviderMerchant
from allonce.products.chat.office_doors import WRITING, PortalAccess, portal
from allonce.products.chat.provisioning import services, sheets
from allonce.products.chat.provisioning.forms import MerchantForm, ProfileForm, TableForm
from allonce.products.chat.provisioning.models import ListingOffer, Profile
from allonce.products.chat.provisioning.services import UnfitMerchant, Wanted

ROWS = 100


@require_http_methods(["GET", "POST"])
@portal(kind="provider")
def merchants(request: HttpRequest, by: PortalAccess) -> HttpResponse:
    """The list, and a form for one more."""
    if request.method == "POST" and (by.office.role not in WRITING or by.office.look is not None):
        raise NotFound
    profiles = Profile.objects.filter(account=by.account)
    form = MerchantForm(request.POST or None, titles=[each.title for each in profiles])

    def act(given: dict[str, Any]) -> HttpResponse:
        wanted = Wanted(given["id"], given["name"], given["email"], "", given["profile"])
        faults = dict(sheets.faults_of(wanted, {each.title.casefold() for each in profiles}))
        if faults:
            raise UnfitMerchant(fields=faults)
        done = services.put(by.client, wanted, actor=by.actor)
        messages.success(request, _said(done))
        return redirect("chat_provisioning:merchants")

    rows = ProviderMerchant.objects.filter(account=by.account).order_by("external_id")
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    listed = [(each, services.one(by.client, each.external_id)) for each in page]
    about = {"client": by.client, "listed": listed, "page": page, "profiles": profiles}
    return try_form(form, act) or form_page(request, "chat_provisioning/merchants.html", form, **about)


@require_POST
@portal(*WRITING, kind="provider")
def set_hidden(request: HttpRequest, by: PortalAccess, provider_merchant_id: UUID) -> HttpResponse:
    """Take one off the list, or put it back."""
    found = ProviderMerchant.objects.filter(pk=provider_merchant_id, account=by.account).first()
    if found is None:
        raise NotFound
    if request.POST.get("hidden") == "yes":
        services.hide(by.client, found.external_id, actor=by.actor)
        messages.success(request, _("Taken off your list. Its account and leads stay; you can put it back."))
    else:
        services.show(by.client, found.external_id, actor=by.actor)
        messages.success(request, _("It is on your list again."))
    return redirect("chat_provisioning:merchants")


@require_http_methods(["GET", "POST"])
@portal(*WRITING, kind="provider")
def table(request: HttpRequest, by: PortalAccess) -> HttpResponse:
    """Upload or paste a table; what each line would do is shown before anything happens."""
    form = TableForm(request.POST or None, request.FILES or None)
    about: dict[str, Any] = {"client": by.client, "columns": sheets.COLUMNS}

    def act(given: dict[str, Any]) -> HttpResponse:
        text = _text_of(given)
        lines = sheets.read(by.client, text)
        shown = {"lines": lines, "text": text, "faults": sum(bool(each.faults) for each in lines)}
        status = 422 if shown["faults"] else 200
        return render(request, "chat_provisioning/table.html", about | {"form": form} | shown, status=status)

    return try_form(form, act) or form_page(request, "chat_provisioning/table.html", form, **about)


@require_POST
@portal(*WRITING, kind="provider")
def table_apply(request: HttpRequest, by: PortalAccess) -> HttpResponse:
    """Take over the table that was shown, all of it or nothing."""
    form = TableForm(request.POST)

    def act(given: dict[str, Any]) -> HttpResponse:
        done = sheets.apply(by.client, given["text"], actor=by.actor)
        made = sum(each.state == "created" for each in done)
        asked = sum(each.state == "offered" for each in done)
        said = _("%(made)d invited, %(asked)d asked, %(rest)d as they were or changed.")
        messages.success(request, said % {"made": made, "asked": asked, "rest": len(done) - made - asked})
        return redirect("chat_provisioning:merchants")

    about = {"client": by.client, "columns": sheets.COLUMNS}
    return try_form(form, act) or form_page(request, "chat_provisioning/table.html", form, **about)


@require_http_methods(["GET", "POST"])
@portal(*WRITING, kind="provider")
def profile(request: HttpRequest, by: PortalAccess, profile_id: UUID | None = None) -> HttpResponse:
    """Make default settings, or change some."""
    found = Profile.objects.filter(pk=profile_id, account=by.account).first() if profile_id else None
    if profile_id and found is None:
        raise NotFound
    known = found or Profile()
    form = ProfileForm(request.POST or None, initial={each: getattr(known, each) for each in ProfileForm.base_fields})

    def act(given: dict[str, Any]) -> HttpResponse:
        services.save_profile(by.client, found, given, actor=by.actor)
        return redirect("chat_provisioning:merchants")

    heading = _("Change a profile") if found else _("New profile")
    return try_form(form, act) or form_page(
        request, "chat_portal/simple.html", form, heading=heading, back="chat_provisioning:merchants"
    )


@require_POST
@portal(*WRITING, kind="provider")
def profile_delete(request: HttpRequest, by: PortalAccess, profile_id: UUID) -> HttpResponse:
    services.delete_profile(by.client, profile_id, actor=by.actor)
    messages.success(request, _("The profile is gone. Accounts that were opened with it stay as they are."))
    return redirect("chat_provisioning:merchants")


@require_GET
@office("owner", "office")
def providers(request: HttpRequest, access: AccountAccess) -> HttpResponse:
    """Who lists this business, and who would like to."""
    about = {
        "offers": ListingOffer.objects.filter(account=access.account, answered_at=None).order_by("created_at"),
        "listings": services.listings_of(access.account.id),
    }
    return render(request, "chat_provisioning/providers.html", about)


@require_POST
@office("owner", "office")
def offer_answer(request: HttpRequest, access: AccountAccess, listing_offer_id: UUID) -> HttpResponse:
    try:
        services.answer(access, listing_offer_id, request.POST.get("answer") == "yes")
        messages.success(request, _("Your answer is noted."))
    except NotFound:
        raise
    except UserError as error:
        messages.error(request, str(error))
    return redirect("chat_provisioning:providers")


@require_POST
@office("owner", "office")
def leave(request: HttpRequest, access: AccountAccess, provider_merchant_id: UUID) -> HttpResponse:
    services.leave(access, provider_merchant_id)
    messages.success(request, _("Its visitors cannot write to you from there any more."))
    return redirect("chat_provisioning:providers")


def _text_of(given: dict[str, Any]) -> str:
    file = given.get("file")
    if file is None:
        if not given["text"].strip():
            raise sheets.UnreadableTable(fields={"file": _("Choose a file, or paste the table.")})
        return str(given["text"])
    data = file.read()
    uploads.refuse_malware(data)
    return sheets.decoded(data)


def _said(done: services.Done) -> str:
    words = {
        "created": _("The account is open and the invitation on its way."),
        "changed": _("Changed."),
        "same": _("Nothing was different."),
        "offered": _("This business has an account already. It was asked, and decides itself."),
    }
    return words[done.state]
