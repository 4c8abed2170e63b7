"""Applications go by themselves when the vacancy's period ends."""

from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allonce.kernel import clock, declarations
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.clock import add_months, today
from allonce.kernel.privacy.ledger import note_erasure
from allonce.kernel.vault import Scope
from allonce.kernel.vault.models import DataKey
from allonce.products.vacancies import removing
from allonce.products.vacancies.applying import Applicant, keep
from allonce.products.vacancies.jobs import remove_what_is_over
from allonce.products.vacancies.models import Application, Vacancy
from allonce.products.vacancies.queries import evidence
from allonce.products.vacancies.services import VacancyDetails, close, save_vacancy
from allonce.products.vacancies.tests.scene import applied, make_vacancy, paper
from allonce.products.vacancies.tests.test_staff import staff_access

pytestmark = pytest.mark.django_db


def at(day: date, hour: int = 12) -> AbstractContextManager[None]:
    return clock.travel(datetime.combine(day, time(hour), UTC))


@pytest.mark.promise("JOBS-APPLICATIONS")
@settings(max_examples=10)
@given(months=st.integers(1, 12), days=st.integers(0, 60))
def test_an_application_stays_through_its_last_day_and_no_longer(months: int, days: int) -> None:
    vacancy = make_vacancy(f"v-{months}-{days}-{Vacancy.objects.count()}", keep_months=months)
    Vacancy.objects.filter(pk=vacancy.pk).update(closes_on=today() + timedelta(days=days))
    application = _received(vacancy)
    last = add_months(today() + timedelta(days=days), months)
    with at(last):
        removing.sweep()
        assert Application.objects.filter(pk=application.pk).exists()
    with at(last + timedelta(days=1)):
        removing.sweep()
    assert not Application.objects.filter(pk=application.pk).exists()
    assert DataKey.objects.get(scope_id=application.pk).state == "destroyed"


def _received(vacancy: Vacancy) -> Application:
    vacancy.refresh_from_db()
    keep(vacancy, Applicant("Robin", "robin@applicant.example", "Hello."), None)
    return Application.objects.get(vacancy=vacancy)


def test_who_asked_to_be_kept_longer_stays_longer(vacancy: Vacancy) -> None:
    applied()
    Application.objects.update(longer_at=clock.now(), keep_until=today() + timedelta(days=700))
    with at(today() + timedelta(days=600)):
        remove_what_is_over()
        assert Application.objects.exists()


def test_the_evidence_speaks_against_us_when_the_sweep_does_not_run(vacancy: Vacancy) -> None:
    application = applied()
    assert evidence().holds
    with at(application.keep_until + timedelta(days=1), 1):
        assert evidence().holds  # the night's sweep is still to come
    with at(application.keep_until + timedelta(days=2)):
        assert evidence().holds is False
        remove_what_is_over()
        assert evidence().holds
    assert declarations.evidence_for("JOBS-APPLICATIONS")


def test_a_stop_half_way_is_finished_by_the_next_sweep(vacancy: Vacancy, monkeypatch: pytest.MonkeyPatch) -> None:
    application = applied(cv=paper())

    def stop(*_args: object) -> None:
        raise KeyboardInterrupt

    with at(application.keep_until + timedelta(days=1)):
        for step in ("forget", "_remove_rows", "destroy_keys"):
            with monkeypatch.context() as broken, pytest.raises(KeyboardInterrupt):
                broken.setattr(removing, step, stop)
                removing.remove([application.id], why="period_over")
        removing.remove([application.id], why="period_over")
    assert not Application.objects.exists()
    assert DataKey.objects.get(scope_id=application.id).state == "destroyed"


def test_a_restored_backup_brings_no_withdrawn_application_back(vacancy: Vacancy) -> None:
    """The ledger outlives the restore, and the sweep reads it."""
    application = applied()
    removing.sweep()
    assert Application.objects.exists()
    note_erasure(Scope("person", application.id))
    removing.sweep()
    assert not Application.objects.exists()


def test_a_shorter_period_holds_for_those_who_came_and_a_longer_one_does_not(vacancy: Vacancy, sam: Inhabitant) -> None:
    staff = staff_access(sam)
    application = applied()
    told = application.keep_until
    details = VacancyDetails("fitter", "Fitter", "Fit.", vacancy.closes_on, 9)
    save_vacancy(staff, vacancy.pk, details)
    application.refresh_from_db()
    assert application.keep_until == told
    save_vacancy(staff, vacancy.pk, replace(details, keep_months=1))
    application.refresh_from_db()
    assert application.keep_until == add_months(vacancy.closes_on, 1)
    close(staff, vacancy.pk)
    application.refresh_from_db()
    assert application.keep_until == add_months(today() - timedelta(days=1), 1)
