"""What the Operator's staff do with vacancies and applications. Each act is audited under their own name."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from allonce.kernel import audit
from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.audit import Actor
from allonce.kernel.clock import add_months, now, today
from allonce.kernel.errors import NotFound, UserError
from allonce.kernel.vault import Scope, files
from allonce.products.vacancies import letters
from allonce.products.vacancies.models import Application, Vacancy
from allonce.products.vacancies.papers import NAME

RESERVED = frozenset({"application"})
State = Application.State


class UnfitVacancy(UserError):
    """The vacancy cannot be like that; `fields` says why."""

    code = "unfit_vacancy"
    status = 422


@dataclass(frozen=True)
class VacancyDetails:
    slug: str
    title: str
    text: str
    closes_on: date
    keep_months: int


@transaction.atomic
def save_vacancy(staff: StaffAccess, vacancy_id: UUID | None, given: VacancyDetails) -> Vacancy:
    """Make a draft, or change a vacancy; a shorter period holds for applications that came already. Audited.

    A longer one does not: their senders agreed to the day that they were told. Raises NotFound or UnfitVacancy.
    """
    vacancy = _vacancy(vacancy_id) if vacancy_id else Vacancy()
    if given.slug in RESERVED:
        raise UnfitVacancy(fields={"slug": _("This address is taken. Choose another.")})
    for name in ("slug", "title", "text", "closes_on", "keep_months"):
        setattr(vacancy, name, getattr(given, name))
    try:
        with transaction.atomic():
            vacancy.save()
    except IntegrityError as error:
        raise UnfitVacancy(fields={"slug": _("Another vacancy has this address. Choose another.")}) from error
    _shorten(vacancy)
    _record("vacancy.saved", staff.actor, vacancy)
    return vacancy


@transaction.atomic
def publish(staff: StaffAccess, vacancy_id: UUID) -> Vacancy:
    """Show the vacancy to everybody until its last day. Audited. Raises NotFound or UnfitVacancy."""
    vacancy = _vacancy(vacancy_id)
    if vacancy.closes_on < today():
        raise UnfitVacancy(_("Its closing date is over. Choose a later one first."))
    if vacancy.published_at is None:
        vacancy.published_at = now()
        vacancy.save(update_fields=["published_at"])
        _record("vacancy.published", staff.actor, vacancy)
    return vacancy


@transaction.atomic
def close(staff: StaffAccess, vacancy_id: UUID) -> Vacancy:
    """Take no more applications, from now on; what came goes sooner by as much. Audited."""
    vacancy = _vacancy(vacancy_id)
    if vacancy.is_open:
        vacancy.closes_on = add_days_back(today())
        vacancy.save(update_fields=["closes_on"])
        _shorten(vacancy)
        _record("vacancy.closed", staff.actor, vacancy)
    return vacancy


def add_days_back(day: date) -> date:
    """The day before: a vacancy's closing date is its last open day."""
    return date.fromordinal(day.toordinal() - 1)


@transaction.atomic
def open_application(staff: StaffAccess, application_id: UUID) -> Application:
    """One application for reading; every opening is audited. Raises NotFound."""
    application = Application.objects.select_related("vacancy", "answered_by").filter(pk=application_id).first()
    if application is None:
        raise NotFound
    _record("application.opened", staff.actor, application)
    return application


@transaction.atomic
def read_paper(staff: StaffAccess, application_id: UUID) -> bytes:
    """The applicant's CV; every opening is audited. Raises NotFound."""
    application = Application.objects.filter(pk=application_id, has_cv=True).first()
    if application is None:
        raise NotFound
    _record("application.paper_opened", staff.actor, application)
    return files.read(files.FileRef(Scope("person", application.id), application.id, NAME))


@transaction.atomic
def answer(staff: StaffAccess, application_id: UUID, state: str, said: str) -> Application:
    """Invite or refuse, in the words of the person who decides; they are mailed and not kept. Audited.

    Raises NotFound.
    """
    rows = Application.objects.select_for_update(of=("self",)).select_related("vacancy")
    application = rows.filter(pk=application_id).first()
    if application is None or state not in {State.INVITED, State.REFUSED}:
        raise NotFound
    application.state, application.answered_at, application.answered_by = State(state), now(), staff.person
    application.save(update_fields=["state", "answered_at", "answered_by"])
    letters.send_answer(application, said)
    _record(f"application.{state}", staff.actor, application)
    return application


def _vacancy(vacancy_id: UUID) -> Vacancy:
    vacancy = Vacancy.objects.select_for_update().filter(pk=vacancy_id).first()
    if vacancy is None:
        raise NotFound
    return vacancy


def _shorten(vacancy: Vacancy) -> None:
    until = add_months(vacancy.closes_on, vacancy.keep_months)
    later = Application.objects.filter(vacancy=vacancy, period_until__gt=until)
    later.filter(longer_at=None).update(keep_until=until)
    later.update(period_until=until)


def _record(action: str, actor: Actor, row: Vacancy | Application) -> None:
    audit.record(action, actor=actor, target=f"{row._meta.label}:{row.pk}", data={})
