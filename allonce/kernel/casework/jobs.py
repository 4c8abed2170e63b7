"""Reminders of cases that fall due, and the end of those whose time is over. Nothing here decides anything."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from allonce.kernel import notices, post
from allonce.kernel.accounts import queries as people
from allonce.kernel.accounts.models import Person
from allonce.kernel.casework import queries
from allonce.kernel.casework.kinds import kind_of
from allonce.kernel.casework.models import Case, CaseOpening
from allonce.kernel.clock import add_months, today, working_days_after
from allonce.kernel.declarations import RETENTION
from allonce.kernel.jobs import every

SOON = 2
AT_ONCE = 200


@every("daily at 07:30")
@transaction.atomic
def remind() -> None:
    """Tell whoever took a case on, or everybody with its duty, that it is due within two working days or late."""
    for case in queries.due(working_days_after(today(), SOON)):
        for person in _responsible(case):
            notices.notify(person, "casework.due", _reminder(case))
        case.reminded_on = today()
        case.save(update_fields=["reminded_on"])


@every("daily at 03:40")
def forget_closed() -> None:
    """Delete cases whose retention is over and that nobody holds, a limited number each day."""
    over = add_months(today(), -RETENTION["case_end"].months)
    closed = Case.objects.filter(closed_at__date__lt=over, held=False).exclude(state__in=queries.TO_DO)
    Case.objects.filter(pk__in=list(closed.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])).delete()
    CaseOpening.objects.filter(until__date__lt=add_months(today(), -1)).delete()


def _responsible(case: Case) -> list[Person]:
    if case.assigned is not None and case.assigned.is_active:
        return [case.assigned]
    return people.staff_with(kind_of(case.kind).duty)


def _reminder(case: Case) -> post.Words:
    number = {"number": case.pk, "kind": kind_of(case.kind).label}
    late = case.due_on < today()
    said = _("Case %(number)s (%(kind)s) is late.") if late else _("Case %(number)s (%(kind)s) is due soon.")
    where = f"{settings.PUBLIC_URL}{reverse('casework:case', args=[case.pk])}"
    subject = _("A case is late") if late else _("A case is due")
    return post.Words(subject=subject, paragraphs=[said % number], action=post.Action(_("Open the case"), where))
