"""The Operator's staff publish, read and answer; every opening is recorded."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from allonce.kernel import jobs
from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.audit import Actor
from allonce.kernel.audit.models import Entry
from allonce.kernel.clock import today
from allonce.products.vacancies.demo import load
from allonce.products.vacancies.models import Application, Vacancy
from allonce.products.vacancies.tests.scene import CANARY, PDF, applied, make_vacancy, paper

pytestmark = pytest.mark.django_db
FORM = {"title": "Welder", "slug": "welder", "text": "Weld.", "closes_on": "2099-01-31", "keep_months": "6"}


def staff_access(who: Inhabitant) -> StaffAccess:
    return StaffAccess(who.account, who.person, Role.OWNER, Actor(kind="staff", id=who.person.id))


def opened(action: str) -> int:
    return Entry.objects.filter(action=action).count()


def test_a_vacancy_is_written_published_and_closed(sam: Inhabitant) -> None:
    answer = sam.client.post("/operator/vacancies/new/", FORM)
    page = answer["Location"]
    assert Client().get("/jobs/welder/").status_code == 404
    sam.client.post(f"{page}publish/")
    assert "Weld." in Client().get("/jobs/welder/").content.decode()
    sam.client.post(f"{page}close/")
    assert "Closed" in Client().get("/jobs/welder/").content.decode()
    assert Vacancy.objects.get().closes_on == today() - timedelta(days=1)
    assert [opened(f"vacancy.{act}") for act in ("saved", "published", "closed")] == [1, 1, 1]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("slug", "fitter"),
        ("slug", "application"),
        ("slug", "no slug"),
        ("keep_months", "13"),
        ("keep_months", "0"),
        ("closes_on", "x"),
    ],
)
def test_a_vacancy_that_cannot_be_is_refused_beside_its_field(sam: Inhabitant, field: str, value: str) -> None:
    make_vacancy("fitter")
    answer = sam.client.post("/operator/vacancies/new/", FORM | {field: value})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert Vacancy.objects.count() == 1


def test_a_vacancy_whose_day_is_over_is_not_published(sam: Inhabitant) -> None:
    past = make_vacancy("past", published_at=None, closes_on=today() - timedelta(days=1))
    sam.client.post(f"/operator/vacancies/{past.pk}/publish/")
    past.refresh_from_db()
    assert past.published_at is None


def test_the_list_of_applications_opens_no_name_and_each_opening_is_recorded(sam: Inhabitant, vacancy: Vacancy) -> None:
    application = applied(cv=paper())
    assert CANARY not in sam.client.get(f"/operator/vacancies/{vacancy.pk}/").content.decode()
    assert opened("application.opened") == 0
    page = f"/operator/vacancies/applications/{application.pk}/"
    assert CANARY in sam.client.get(page).content.decode()
    assert opened("application.opened") == 1
    answer = sam.client.get(f"{page}cv/")
    assert answer.content == PDF
    assert answer["Content-Disposition"].startswith("attachment")
    assert opened("application.paper_opened") == 1
    [entry] = Entry.objects.filter(action="application.opened")
    assert entry.actor_id == sam.person.id


@pytest.mark.parametrize("state", ["invited", "refused"])
def test_a_person_answers_in_their_own_words(sam: Inhabitant, vacancy: Vacancy, state: str) -> None:
    application = applied()
    said = {"state": state, "said": "Dear Xenophon,\n\nthank you."}
    assert sam.client.post(f"/operator/vacancies/applications/{application.pk}/", said).status_code == 302
    application.refresh_from_db()
    assert (application.state, application.answered_by) == (state, sam.person)
    jobs.run_due()
    [answer] = [each for each in mail.outbox if "thank you." in each.body]
    assert answer.to == ["xq@applicant.example"]
    assert opened(f"application.{state}") == 1


def test_an_answer_without_a_decision_or_words_is_not_sent(sam: Inhabitant, vacancy: Vacancy) -> None:
    application = applied()
    for said in ({"state": "", "said": "Hello"}, {"state": "invited", "said": ""}, {"state": "new", "said": "Hello"}):
        assert sam.client.post(f"/operator/vacancies/applications/{application.pk}/", said).status_code == 422
    application.refresh_from_db()
    assert application.state == "new"


def test_nobody_but_staff_with_the_duty_gets_in(sam: Inhabitant, vacancy: Vacancy) -> None:
    application = applied(cv=paper())
    viewer = people.colleague(sam, Role.VIEWER, "viewer@operator.example")
    rival = people.owner("Bayside Blinds", "Ben Bay")
    pages = [
        "vacancies/",
        "vacancies/new/",
        f"vacancies/{vacancy.pk}/",
        f"vacancies/{vacancy.pk}/edit/",
        f"vacancies/applications/{application.pk}/",
        f"vacancies/applications/{application.pk}/cv/",
    ]
    for who in (viewer, rival):
        assert {who.client.get(f"/operator/{page}").status_code for page in pages} == {404}
        assert who.client.post(f"/operator/vacancies/{vacancy.pk}/close/").status_code == 404
    assert opened("application.opened") == 0


def test_the_demo_has_one_vacancy_with_one_application_however_often_it_is_loaded(db: None) -> None:
    load()
    load()
    assert Vacancy.objects.get().is_open
    assert Application.objects.get().name == "Robin Hale"
