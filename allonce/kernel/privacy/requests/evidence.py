"""What anybody may see of the promises this room keeps."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from allonce.kernel.clock import now
from allonce.kernel.declarations import Evidence
from allonce.kernel.legal.authority import authority
from allonce.kernel.privacy.requests.deadline import acknowledge_by
from allonce.kernel.privacy.requests.models import (
    Disclosure,
    IdentityDocument,
    RightsRequest,
    Transfer,
    TransferObjection,
)


def in_time() -> Evidence:
    """How many requests are open, and whether one is late."""
    still_open = list(RightsRequest.objects.filter(state="open").prefetch_related("pauses"))
    late = sum(request.is_late for request in still_open)
    answered = RightsRequest.objects.exclude(state="open").count()
    says = _("%(open)d requests are open, %(late)d of them late; %(closed)d are answered.")
    says %= {"open": len(still_open), "late": late, "closed": answered}
    return Evidence(says, now(), holds=late == 0, link=reverse("requests:ask"))


def documents_destroyed() -> Evidence:
    """Copies of identity documents: how many were asked for, and that none outlived its decision or its time."""
    gone = IdentityDocument.objects.exclude(destroyed_at=None)
    last = gone.order_by("-destroyed_at").first()
    kept = IdentityDocument.objects.filter(destroyed_at=None)
    overdue = kept.filter(~Q(decided="") | Q(expires_at__lte=now())).count()
    says = ngettext(
        "%(gone)d copy of an identity document was taken and is destroyed; %(kept)d waits for a decision.",
        "%(gone)d copies of identity documents were taken and are destroyed; %(kept)d wait for a decision.",
        gone.count(),
    ) % {"gone": gone.count(), "kept": kept.count()}
    return Evidence(says, last.destroyed_at if last else now(), holds=overdue == 0)


def refused_by_people() -> Evidence:
    """Refusals and fees, each with a person behind it; the database refuses others."""
    refused = RightsRequest.objects.filter(Q(state="refused") | ~Q(fee_pence=None))
    nobodys = refused.filter(state="refused", closed_by=None).count()
    says = _("%d requests were refused or charged, each by a named person who gave a reason.") % refused.count()
    return Evidence(says, now(), holds=nobodys == 0)


def authority_named() -> Evidence:
    """Whom every answer names, and that each complaint was acknowledged within its thirty days."""
    complaints = RightsRequest.objects.filter(right="complaint").values_list("received_on", "acknowledged_at")
    late = [each for each, at in complaints if at is None or at.date() > acknowledge_by(each)]
    says = _("Every answer to a request names %s and how to reach it; every complaint is acknowledged at once.")
    return Evidence(says % authority().name, now(), holds=not late, link=reverse("requests:ask"))


def disclosures_recorded() -> Evidence:
    """How many disclosures were made; each record names its person."""
    made = Disclosure.objects.filter(state="given")
    told = made.exclude(told_at=None).count()
    says = _("%(made)d disclosures to authorities were made and recorded; those concerned were told of %(told)d.")
    return Evidence(says % {"made": made.count(), "told": told}, now())


def transfer_told() -> Evidence:
    """Whether a change of ownership is announced, and how many people stay out of it."""
    transfer = Transfer.objects.filter(state="announced").first()
    if transfer is None:
        return Evidence(_("No change of ownership is announced."), now(), holds=None)
    objected = TransferObjection.objects.filter(transfer=transfer).count()
    says = _("A change of ownership is announced; %(told)d people were told and %(objected)d object.")
    return Evidence(says % {"told": transfer.told.count(), "objected": objected}, transfer.announced_at)


SOURCES = {
    "PRIV-RIGHTS-CLOCK": in_time,
    "PRIV-RIGHTS-IDENTITY": documents_destroyed,
    "PRIV-RIGHTS-EXCESSIVE": refused_by_people,
    "PRIV-COMPLAINT": authority_named,
    "PRIV-DISCLOSURE": disclosures_recorded,
    "PRIV-TRANSFER-OF-BUSINESS": transfer_told,
}
