"""What this room can show of its promises at any moment."""

from django.utils.translation import gettext as _

from allonce.kernel.billing.credits.checking import check
from allonce.kernel.billing.models import Movement, RenewalNotice, Subscription
from allonce.kernel.clock import now
from allonce.kernel.declarations import Evidence


def ledger() -> Evidence:
    """DATE-CROWNS: the ledger, added up again now."""
    faults = check()
    numbers = {"movements": Movement.objects.count(), "faults": len(faults)}
    says = _("%(movements)s movements of credits, added up again now: %(faults)s faults.")
    return Evidence(says % numbers, now(), not faults)


def notices() -> Evidence:
    """BILL-RENEWAL-NOTICE: letters before renewals, and those that did not arrive."""
    sent = RenewalNotice.objects.filter(left_at__isnull=False, failed=False).count()
    numbers = {"sent": sent, "lost": RenewalNotice.objects.filter(failed=True).count()}
    numbers["free"] = Subscription.objects.filter(free_exit=True).exclude(state="ended").count()
    says = _("%(sent)s notices of renewals left in time, %(lost)s did not; %(free)s subscriptions may end any day.")
    return Evidence(says % numbers, now(), None)
