"""What this room can show of its promises at any moment."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from allonce.kernel.accounts import queries as accounts
from allonce.kernel.audit.models import Entry
from allonce.kernel.casework.models import Case, Decision
from allonce.kernel.casework.queries import TO_DO
from allonce.kernel.clock import now, today
from allonce.kernel.declarations import Evidence

STEPS = ("case.decided", "case.confirmed", "case.appeal_upheld", "case.appeal_dismissed")
LOOKS = ("audit.looked", "audit.looked_at_person")
DAYS = 90


def decisions() -> Evidence:
    """PRIV-AUTOMATED: who stood behind each decision, from the record that nobody can change."""
    made = Entry.objects.filter(action__in=[*STEPS, "sign_in.suspended", "sign_in.restored"])
    machines = made.exclude(actor_kind="staff", actor_id__isnull=False, actor_via__isnull=False).count()
    numbers = {"made": Decision.objects.count(), "machines": machines}
    says = _("%(made)s decisions in cases; %(machines)s of them by a machine.") % numbers
    return Evidence(says, now(), machines == 0, reverse("casework:how_we_decide"))


def reports() -> Evidence:
    """LEGAL-CONTENT-RULES: what was reported, and whether anything waits beyond its day."""
    rows = Case.objects.filter(kind="content")
    late = rows.filter(state__in=TO_DO, due_on__lt=today()).count()
    numbers = {"all": rows.count(), "open": rows.filter(state__in=TO_DO).count(), "late": late}
    says = _("%(all)s pieces of content reported, %(open)s waiting for a decision, %(late)s of them late.") % numbers
    return Evidence(says, now(), late == 0, reverse("casework:how_we_decide"))


def staff_looks() -> Evidence:
    """PRIV-STAFF-ACCESS: how often staff opened somebody's data; each time with a reason that is kept."""
    since = Entry.objects.filter(action__in=LOOKS, at__gte=now() - timedelta(days=DAYS))
    says = _("Staff opened customers' data %(count)s times in %(days)s days, each time for a reason that was shown.")
    return Evidence(says % {"count": since.count(), "days": DAYS}, now(), None)


def record_whole() -> Evidence:
    """SEC-ACTIVITY-LOG: that the record is whole."""
    state = accounts.chain_state()
    if state.broken_at is not None:
        return Evidence(_("The record of activity was changed by somebody."), now(), holds=False)
    numbers = {"entries": state.entries, "checked": state.checked}
    says = _("%(entries)s entries in the record of activity; the last %(checked)s were checked now and are whole.")
    return Evidence(says % numbers, now(), holds=True)
