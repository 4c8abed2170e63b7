"""What applicants do: apply, withdraw at any time, and ask to be kept longer."""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from allonce.kernel import audit, notices, post, vault
from allonce.kernel.accounts import tenancy, throttle
from allonce.kernel.accounts.models import Account
from allonce.kernel.accounts.services.mails import link
from allonce.kernel.accounts.services.people import one_line
from allonce.kernel.accounts.services.sign_in import client_address
from allonce.kernel.audit import SYSTEM
from allonce.kernel.clock import add_months, now
from allonce.kernel.errors import NotFound, UserError
from allonce.kernel.vault import Scope, files
from allonce.products.vacancies import letters, removing
from allonce.products.vacancies.models import Application, Vacancy
from allonce.products.vacancies.papers import NAME, require_pdf

PER_ADDRESS = (10, timedelta(hours=1))
PER_EMAIL = (5, timedelta(days=1))
LONGER_MONTHS = 12
NOTICE = "vacancies.application"


class Closed(UserError):
    """The vacancy takes no applications any more, or not yet."""

    code = "vacancy_closed"
    status = 409


@dataclass(frozen=True)
class Applicant:
    """What somebody gave: nothing else is asked for."""

    name: str = field(repr=False)
    email: str = field(repr=False)
    words: str = field(repr=False)
    cv: bytes | None = field(default=None, repr=False)


def apply(request: HttpRequest, slug: str, given: Applicant) -> None:
    """Take an application, mail its receipt and tell the Operator. The answer is the same for everybody.

    Raises NotFound, Closed, NotAPaper or TooMany.
    """
    throttle.hit("application-address", client_address(request), *PER_ADDRESS)
    throttle.hit("application-email", given.email, *PER_EMAIL)
    vacancy = Vacancy.objects.filter(slug=slug, published_at__isnull=False).first()
    if vacancy is None:
        raise NotFound
    if not vacancy.is_open:
        raise Closed(_("This vacancy is closed. Your application was not sent."))
    with tenancy.across_accounts():
        keep(vacancy, given, require_pdf(given.cv) if given.cv else None)


@transaction.atomic
def keep(vacancy: Vacancy, given: Applicant, cv: bytes | None) -> None:
    """Store an application that was looked at already, under a new key of its own. Audited."""
    until = add_months(vacancy.closes_on, vacancy.keep_months)
    application = Application(
        id=uuid4(),
        vacancy=vacancy,
        name=one_line(given.name),
        email=given.email.strip(),
        words=given.words,
        has_cv=cv is not None,
        period_until=until,
        keep_until=until,
    )
    scope = Scope("person", application.id)
    vault.create_key(scope)
    application.save(force_insert=True)
    if cv is not None:
        files.save(scope, application.id, NAME, cv)
    letters.send_receipt(application)
    _tell_the_operator(vacancy)
    _record("application.received", application)


def _tell_the_operator(vacancy: Vacancy) -> None:
    operator = Account.objects.filter(kind=Account.Kind.OPERATOR).order_by("created_at").first()
    if operator is None:
        return
    words = post.Words(
        subject=_("An application has come: %(title)s") % {"title": vacancy.title},
        paragraphs=[_("It waits in the console. Who it is from stands only there.")],
        action=post.Action(_("Open the vacancy"), link("vacancies:staff_vacancy", vacancy.id)),
    )
    notices.notify_owners(operator.id, NOTICE, words)


def withdraw(application_id: UUID) -> None:
    """Everything of the application goes at once, its key too. Raises NotFound if it is gone already."""
    _existing(application_id)
    removing.remove([application_id], why="withdrawn")


@transaction.atomic
def keep_longer(application_id: UUID, *, wanted: bool) -> Application:
    """Consent to be kept a year beyond the vacancy's period, or take that consent back. Audited. Raises NotFound."""
    application = _existing(application_id)
    application.longer_at = now() if wanted else None
    until = application.period_until
    application.keep_until = add_months(until, LONGER_MONTHS) if wanted else until
    application.save(update_fields=["longer_at", "keep_until"])
    _record("application.kept_longer" if wanted else "application.kept_no_longer", application)
    return application


def _existing(application_id: UUID) -> Application:
    application = Application.objects.select_related("vacancy").filter(pk=application_id).first()
    if application is None:
        raise NotFound
    return application


def _record(action: str, application: Application) -> None:
    audit.record(action, actor=SYSTEM, target=f"vacancies.Application:{application.id}", data={})
