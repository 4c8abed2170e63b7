"""Reading vacancies, and counting applications without opening any."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from allonce.kernel.clock import now, today
from allonce.kernel.declarations import Evidence
from allonce.products.vacancies.models import Application, Vacancy


def open_vacancies() -> QuerySet[Vacancy]:
    """What is offered now, the one that closes first on top."""
    return Vacancy.objects.filter(published_at__isnull=False, closes_on__gte=today()).order_by("closes_on", "title")


def all_vacancies() -> QuerySet[Vacancy]:
    """For staff, with the numbers of applications and of those that nobody has answered."""
    waiting = Count("applications", filter=Q(applications__state=Application.State.NEW))
    return Vacancy.objects.annotate(came=Count("applications"), waiting=waiting).order_by("-closes_on", "title")


def applications_of(vacancy: Vacancy) -> QuerySet[Application]:
    """In the order in which they came; names stay closed."""
    return vacancy.applications.defer("name", "email", "words").order_by("consented_at", "id")


@dataclass(frozen=True)
class Kept:
    """How many applications are held, how many of them past their day."""

    held: int
    overdue: int


def kept() -> Kept:
    """Counted over all vacancies. The night after its last day an application goes, so only then is one overdue."""
    overdue = Count("pk", filter=Q(keep_until__lt=today() - timedelta(days=1)))
    found = Application.objects.aggregate(held=Count("pk"), overdue=overdue)
    return Kept(found["held"], found["overdue"])


def evidence() -> Evidence:
    """Whether any application is held past the day that its sender was told."""
    found, offered = kept(), open_vacancies().count()
    jobs = ngettext("%d vacancy is open.", "%d vacancies are open.", offered) % offered
    held = ngettext("%d application is held", "%d applications are held", found.held) % found.held
    late = _("none past its day") if not found.overdue else _("%d past their day") % found.overdue
    return Evidence(f"{jobs} {held}, {late}.", at=now(), holds=not found.overdue, link="/jobs/")
