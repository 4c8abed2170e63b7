"""Live evidence that no log has lost or doubled an entry."""

from django.db.models import Count, Max, Min
from django.utils.translation import ngettext

from allonce.kernel.clock import now
from allonce.kernel.declarations import Evidence
from allonce.kernel.messaging.models import Entry, Stream

LOOKED_AT = 200


def logs_whole() -> Evidence:
    """Count the conversations that moved last, and whether each has every number once."""
    recent = dict(Stream.objects.filter(head__gt=0).order_by("-moved_at").values_list("id", "head")[:LOOKED_AT])
    rows = Entry.objects.filter(stream_id__in=list(recent)).values("stream_id").order_by()
    found = rows.annotate(first=Min("seq"), last=Max("seq"), number=Count("id"))
    whole = sum(
        row["last"] >= recent[row["stream_id"]] and row["last"] - row["first"] + 1 == row["number"] for row in found
    )
    says = ngettext(
        "%(whole)d of the one log that moved last has every entry once and in order.",
        "%(whole)d of the %(all)d logs that moved last have every entry once and in order.",
        len(recent),
    )
    return Evidence(says % {"whole": whole, "all": len(recent)}, at=now(), holds=whole == len(recent))
