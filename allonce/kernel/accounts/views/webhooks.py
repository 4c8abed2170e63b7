"""What could not be told to the accounts' own systems for a day, for all accounts: why, when, and once more."""

from contextlib import suppress
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.accounts.decorators import console
from allonce.kernel.post import webhooks_out
from allonce.kernel.post.webhooks_out.sending import NothingToReplay
from allonce.kernel.post.webhooks_out.wording import why

MAY_REPLAY = ("support", "admin")
ON_A_PAGE = 50
AT_ONCE = 1000


@console(*MAY_REPLAY)
@require_GET
def dead(request: HttpRequest, _staff: StaffAccess) -> HttpResponse:
    """Nothing sealed is opened: neither what was to be told nor the address it was for."""
    rows = webhooks_out.dead_webhooks().defer("content")
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    about = {"page": page, "lines": [(each, why(each.status)) for each in page]}
    return render(request, "operator/webhooks.html", about)


@console(*MAY_REPLAY)
@require_POST
def replay(request: HttpRequest, staff: StaffAccess, account_id: UUID, delivery_id: UUID) -> HttpResponse:
    try:
        webhooks_out.replay(account_id, delivery_id, staff.actor)
        messages.success(request, _("It is on its way again. If it fails for another day, it comes back here."))
    except NothingToReplay as error:
        messages.error(request, str(error))
    return redirect("accounts:operator_webhooks")


@console(*MAY_REPLAY)
@require_POST
def replay_many(request: HttpRequest, staff: StaffAccess) -> HttpResponse:
    """Those that were ticked, or all that wait on the list, oldest first and at most a thousand at a press."""
    every = request.POST.get("which") == "all"
    rows = webhooks_out.dead_webhooks().order_by("created_at", "id")
    rows = rows if every else rows.filter(id__in=_ticked(request))
    sent = webhooks_out.replay_many(list(rows.values_list("account_id", "id")[:AT_ONCE]), staff.actor)
    if sent:
        said = ngettext("%d is on its way again.", "%d are on their way again.", sent) % sent
        messages.success(request, said)
    else:
        messages.error(request, _("Nothing was sent. Tick what is to be sent again, or send all."))
    return redirect("accounts:operator_webhooks")


def _ticked(request: HttpRequest) -> list[UUID]:
    found = []
    for given in request.POST.getlist("delivery"):
        with suppress(ValueError):
            found.append(UUID(given))
    return found
