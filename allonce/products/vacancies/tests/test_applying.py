"""Somebody applies, sees what is held, and withdraws; nothing of it stays."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import mail, signing
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from allonce.kernel import jobs
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.audit.models import Entry
from allonce.kernel.clock import add_months
from allonce.kernel.notices.models import Notice
from allonce.kernel.post.models import OutboxMail, PersonContent
from allonce.kernel.privacy import ledger
from allonce.kernel.vault import Scope, files
from allonce.kernel.vault.errors import KeyDestroyed
from allonce.kernel.vault.models import DataKey
from allonce.products.vacancies.links import token_of
from allonce.products.vacancies.models import Application, Vacancy
from allonce.products.vacancies.tests.scene import CANARY, PDF, applied, make_vacancy, own_page, paper, send

pytestmark = pytest.mark.django_db


def test_vacancies_are_read_without_a_cookie(vacancy: Vacancy) -> None:
    for path in ("/jobs/", "/jobs/fitter/"):
        answer = Client().get(path)
        assert "Fitter" in answer.content.decode()
        assert not answer.cookies


def test_a_vacancys_text_cannot_carry_markup(vacancy: Vacancy) -> None:
    vacancy.text = "# Big\n\n<script>alert(1)</script> [x](javascript:alert(1))"
    vacancy.save()
    text = Client().get("/jobs/fitter/").content.decode()
    assert "<script>alert" not in text
    assert 'href="javascript' not in text
    assert "<h2>Big</h2>" in text


def test_drafts_and_unknown_vacancies_look_alike(db: None) -> None:
    make_vacancy("draft", published_at=None)
    answers = {
        Client().get(f"/jobs/{slug}/{page}").status_code for slug in ("draft", "none") for page in ("", "apply/")
    }
    assert answers == {404}
    assert send("draft").status_code == 404


def test_an_application_is_kept_sealed_and_receives_its_link(vacancy: Vacancy, sam: Inhabitant) -> None:
    application = applied(cv=paper())
    jobs.run_due()
    [receipt] = [each for each in mail.outbox if each.to == ["xq@applicant.example"]]
    assert token_of(application.id) in receipt.body
    assert CANARY not in str(Notice.objects.get(person=sam.person).words)
    assert application.period_until == application.keep_until == add_months(vacancy.closes_on, 3)
    assert DataKey.objects.filter(scope_kind="person", scope_id=application.id).count() == 1
    page = Client().get(own_page(application)).content.decode()
    assert CANARY in page
    assert "The PDF that you sent" in page


@pytest.mark.promise("JOBS-APPLICATIONS")
def test_without_the_tick_nothing_is_kept_and_the_tick_is_not_set_beforehand(vacancy: Vacancy) -> None:
    form = Client().get("/jobs/fitter/apply/").content.decode()
    assert 'name="consent"' in form
    assert "checked" not in form
    answer = send(consent=None)
    assert answer.status_code == 422
    assert "Without your consent" in answer.content.decode()
    assert not Application.objects.exists()
    assert not OutboxMail.objects.exists()


@pytest.mark.promise("JOBS-APPLICATIONS")
def test_only_what_is_needed_is_asked_for_and_stored(vacancy: Vacancy) -> None:
    form = Client().get("/jobs/fitter/apply/").context["form"]
    assert set(form.fields) == {"name", "email", "words", "cv", "consent"}
    assert not form.fields["cv"].required
    applied(cv=None)
    personal = {each.name for each in Application._meta.concrete_fields if "Encrypted" in type(each).__name__}
    assert personal == {"name", "email", "words"}


@pytest.mark.promise("JOBS-APPLICATIONS")
def test_withdrawing_removes_everything_at_once_and_the_key_too(vacancy: Vacancy) -> None:
    application = applied(cv=paper())
    scope = Scope("person", application.id)
    page = own_page(application)
    assert Client().post(f"{page}withdraw/").status_code == 302
    assert not Application.objects.exists()
    assert not PersonContent.objects.filter(owner_id=application.id).exists()
    assert not Path(settings.FILES_DIR, "person", application.id.hex).exists()
    assert [(key.state, bytes(key.wrapped)) for key in DataKey.objects.filter(scope_id=application.id)] == [
        ("destroyed", b"")
    ]
    with pytest.raises(KeyDestroyed):
        files.read(files.FileRef(scope, application.id, "cv.pdf"))
    assert ledger.mark_of(scope) in {line.mark for line in ledger.lines()}
    assert Client().get(page).status_code == 410
    assert Client().post(f"{page}withdraw/").status_code == 302


def test_a_receipt_that_waits_is_not_sent_after_the_withdrawal(vacancy: Vacancy) -> None:
    application = applied()
    Client().post(f"{own_page(application)}withdraw/")
    jobs.run_due()
    assert not [each for each in mail.outbox if each.to == ["xq@applicant.example"]]
    assert not jobs.dead_letters()


def test_the_link_works_after_the_vacancy_is_closed(vacancy: Vacancy) -> None:
    application = applied()
    Vacancy.objects.update(closes_on="2020-01-01")
    assert "takes no applications" in Client().get("/jobs/fitter/").content.decode()
    assert Client().get("/jobs/fitter/apply/").status_code == 302
    assert send().status_code == 302
    assert Application.objects.count() == 1
    Client().post(f"{own_page(application)}withdraw/")
    assert not Application.objects.exists()


@pytest.mark.parametrize("token", ["x", "a:b:c", token_of.__name__, "%00"])
def test_a_forged_link_is_not_found_whatever_it_asks(vacancy: Vacancy, token: str) -> None:
    applied()
    for tail in ("", "withdraw/", "longer/"):
        assert Client().post(f"/jobs/application/{token}/{tail}").status_code in {404, 405}
    assert Client().get(f"/jobs/application/{token}/").status_code == 404
    assert Application.objects.count() == 1


def test_a_link_made_for_something_else_is_not_found(vacancy: Vacancy) -> None:
    token = signing.Signer(salt="accounts.reset").sign(applied().id.hex)
    assert Client().get(f"/jobs/application/{token}/").status_code == 404


@pytest.mark.parametrize(
    "content",
    [b"PK\x03\x04 no pdf", b"<html>%PDF-1.4", b"", PDF + b"x" * (5 * 1024 * 1024)],
    ids=["zip", "html", "empty", "large"],
)
def test_a_paper_that_is_no_pdf_is_refused_and_nothing_kept(vacancy: Vacancy, content: bytes) -> None:
    assert send(cv=paper(content)).status_code == 422
    assert not Application.objects.exists()


def test_the_answer_tells_nothing_about_earlier_applications(vacancy: Vacancy) -> None:
    answers: set[Any] = {(answer.status_code, answer["Location"]) for answer in (send(), send())}
    assert len(answers) == 1
    assert Application.objects.count() == 2


def test_applying_is_throttled(vacancy: Vacancy, one_moment: None) -> None:
    codes = [send().status_code for _ in range(6)]
    assert codes == [302] * 5 + [429]


def test_being_kept_longer_is_the_applicants_own_consent_and_can_be_taken_back(vacancy: Vacancy) -> None:
    application = applied()
    page = own_page(application)
    Client().post(f"{page}longer/", {"wanted": "yes"})
    application.refresh_from_db()
    assert application.keep_until == add_months(application.period_until, 12)
    assert application.longer_at is not None
    Client().post(f"{page}longer/", {"wanted": "no"})
    back = Application.objects.get()
    assert (back.keep_until, back.longer_at) == (back.period_until, None)


def test_the_record_names_no_applicant(
    vacancy: Vacancy, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    application = applied(cv=paper())
    Client().post(f"{own_page(application)}withdraw/")
    acts = list(Entry.objects.filter(target=f"vacancies.Application:{application.id}").order_by("number"))
    assert [each.action for each in acts] == ["application.received", "application.removed"]
    assert acts[1].data == {"why": "withdrawn"}
