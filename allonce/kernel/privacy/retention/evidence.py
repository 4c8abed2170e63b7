"""What anybody may read about sweeps and endings: numbers and times."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from allonce.kernel.clock import now
from allonce.kernel.declarations import Evidence
from allonce.kernel.privacy.retention.departure import scope_of
from allonce.kernel.privacy.retention.holding import whole_is_held
from allonce.kernel.privacy.retention.models import AccountEnding, SweepCount, SweepRun
from allonce.kernel.privacy.retention.plan import plan_of

# A sweep runs every night; one missed night is a fault to be seen to.
LATEST = timedelta(days=2)
# The steps of a day are taken by an hourly job.
GRACE = timedelta(hours=2)


def of_sweeps() -> Evidence:
    """When the last sweep ran, how much went, and how much a legal hold kept."""
    run = SweepRun.objects.exclude(finished_at=None).order_by("-pk").first()
    if run is None or run.finished_at is None:
        return Evidence(_("No sweep has run yet; the first runs tonight."), holds=None)
    went = SweepCount.objects.filter(run=run).aggregate(rows=Sum("rows"), held=Sum("held"))
    says = _("The last sweep removed %(rows)d expired records; legal holds kept %(held)d.")
    counts = {"rows": went["rows"] or 0, "held": went["held"] or 0}
    return Evidence(says % counts, at=run.finished_at, holds=now() - run.finished_at < LATEST)


def of_endings() -> Evidence:
    """How many accounts are gone, and whether one is still there after its day."""
    gone = AccountEnding.objects.exclude(finished_at=None)
    leaving = AccountEnding.objects.filter(finished_at=None, undone_at=None)
    late = [each for each in leaving if _is_late(each) and not whole_is_held(scope_of(each))]
    says = ngettext("%d account has ended and is deleted", "%d accounts have ended and are deleted", gone.count())
    rest = _("%(leaving)d are on their way, %(late)d past their sixty days.")
    counts = {"leaving": leaving.count(), "late": len(late)}
    last = gone.order_by("-finished_at").first()
    return Evidence(f"{says % gone.count()}; {rest % counts}", at=last.finished_at if last else None, holds=not late)


def _is_late(ending: AccountEnding) -> bool:
    plan = plan_of(ending)
    moment = (now() - GRACE).astimezone(ZoneInfo("Europe/London")).date()
    return moment >= plan.gone_on or (moment >= plan.closed_on and ending.key_destroyed_at is None)
