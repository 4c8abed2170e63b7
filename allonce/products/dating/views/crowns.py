"""Crowns and VIP: what they do, how many there are, and where to buy them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from allonce.kernel.billing import queries
from allonce.kernel.billing.catalogue.register import packs, plans
from allonce.kernel.billing.subscriptions import open_of
from allonce.products.dating.access import member_page
from allonce.products.dating.crowns import FAMILY, UNIT
from allonce.products.dating.models import Member
from allonce.products.dating.services import paying


@member_page
@require_GET
def page(request: HttpRequest, member: Member) -> HttpResponse:
    """The balance first. What is ordered, and all terms, stand on the order's own page."""
    owner = paying.owner_of(member)
    held = open_of(owner, FAMILY)
    about = {
        "tab": "you",
        "balance": paying.counted(paying.balance(member)),
        "packs": queries.on_sale(packs(UNIT)),
        "plans": queries.on_sale(plans(FAMILY)),
        "vip": queries.standing(held) if held else None,
    }
    return render(request, "dating/crowns.html", about)
