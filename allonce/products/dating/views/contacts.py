"""Hiding from people whom a member knows."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from allonce.kernel.accounts.views.pages import form_page, try_form
from allonce.products.dating.access import member_page
from allonce.products.dating.forms_safety import ContactsForm
from allonce.products.dating.models import Member
from allonce.products.dating.services import contacts


@sensitive_post_parameters("text")
@member_page
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, member: Member) -> HttpResponse:
    """How many are hidden, and a field for more. What is said is the same whether anybody here has them or not."""
    form = ContactsForm(request.POST or None, request.FILES or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        many = contacts.hide(member, given["all"])
        said = ngettext("%(n)s contact hidden.", "%(n)s contacts hidden.", many) % {"n": many}
        messages.success(request, said)
        return redirect("dating:contacts")

    return try_form(form, act) or form_page(
        request, "dating/contacts.html", form, hidden=contacts.count(member), tab="you"
    )


@member_page
@require_POST
def remove(request: HttpRequest, member: Member) -> HttpResponse:
    contacts.show_all(member)
    messages.success(request, _("Removed, all of them. A day from now they are like anybody else."))
    return redirect("dating:contacts")
