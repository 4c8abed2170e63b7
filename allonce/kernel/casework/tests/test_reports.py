"""Anybody reports, nobody is named, a machine removes nothing, and what is reported can be put back."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import pytest
from django.core import mail
from django.test import Client

from allonce.kernel.accounts.mandates import Mandate, NoMandate
from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.casework.kinds import Fact, Subject
from allonce.kernel.casework.models import AccountCaseText, Case
from allonce.kernel.casework.reports import cases, reportable
from allonce.kernel.casework.reports.names import BusinessNames
from allonce.kernel.casework.reports.reportable import register_reportable, report_link
from allonce.kernel.casework.services import appealing
from allonce.kernel.casework.tests.scene import answered, decided, opened
from allonce.kernel.clock import now, travel
from allonce.kernel.jobs import run_due
from allonce.kernel.notices.models import Notice
from allonce.kernel.privacy.ports import holds_on
from allonce.kernel.vault import Scope

pytestmark = [pytest.mark.django_db, pytest.mark.promise("LEGAL-CONTENT-RULES")]
GIVEN = {"ground": "misleading", "words": "It pretends to be the council's own office."}


class Posters:
    """A product's content: one poster an account, in memory."""

    model = "probe.Poster"
    label = "A poster of the probe"

    def __init__(self) -> None:
        self.words: dict[UUID, str] = {}

    def account_of(self, row_id: UUID) -> UUID | None:
        return row_id if row_id in self.words else None

    def show(self, row_id: UUID) -> list[Fact]:
        return [Fact("Poster", self.words[row_id])]

    def take_down(self, mandate: Mandate, row_id: UUID) -> dict[str, Any]:
        mandate.exercise()
        return {"words": self.words.pop(row_id)}

    def put_back(self, mandate: Mandate, row_id: UUID, kept: dict[str, Any]) -> None:
        mandate.exercise()
        self.words[row_id] = kept["words"]


@pytest.fixture
def posters(olivia: Inhabitant) -> Any:
    made = Posters()
    made.words[olivia.account.id] = "Free blinds for all"
    register_reportable(made)
    yield made
    del reportable._reportable[made.model]


def report(who: Inhabitant, by: Client | None = None, model: str = "probe.Poster") -> Case:
    path = urlsplit(report_link(model, who.account.id)).path
    assert (by or Client()).post(path, GIVEN).status_code == 302
    return Case.objects.latest("pk")


def test_anybody_may_report_and_what_was_shown_is_kept_as_evidence(olivia: Inhabitant, posters: Posters) -> None:
    case = report(olivia)
    posters.words[olivia.account.id] = "changed at once"
    assert case.opener is None
    kept = AccountCaseText.objects.get(case=case)
    assert ["Poster", "Free blinds for all"] in kept.words["facts"]
    assert posters.words


def test_a_case_that_keeps_something_of_an_account_speaks_of_the_account(olivia: Inhabitant, posters: Posters) -> None:
    report(olivia)
    [hold] = holds_on(Scope("account", olivia.account.id))
    assert "about your account" in hold.reason


def test_only_a_persons_decision_removes_it(olivia: Inhabitant, sam: Inhabitant, posters: Posters) -> None:
    about = Subject(account_id=olivia.account.id, target=f"probe.Poster:{olivia.account.id}")
    with pytest.raises(NoMandate):
        cases.remove_content(Mandate(None, None, ""), about)  # type: ignore[arg-type]
    case = report(olivia)
    assert posters.words
    decision = decided(sam, case, "remove")
    assert not posters.words
    assert decision.decided_by == sam.person
    assert Notice.objects.filter(person=olivia.person, kind="casework.decision").exists()


def test_an_upheld_appeal_puts_it_back(olivia: Inhabitant, sam: Inhabitant, kim: Inhabitant, posters: Posters) -> None:
    case = report(olivia)
    appealing.file(decided(sam, case, "remove"), "The council hired us: see their page.", by=olivia.person)
    assert not posters.words
    answered(kim, case, upheld=True)
    assert posters.words == {olivia.account.id: "Free blinds for all"}


def test_many_reports_of_one_thing_are_one_case(olivia: Inhabitant, posters: Posters) -> None:
    assert report(olivia).pk == report(olivia).pk
    assert AccountCaseText.objects.count() == 2
    assert posters.words


def test_a_flood_of_reports_from_one_place_has_to_wait(olivia: Inhabitant, posters: Posters) -> None:
    path = urlsplit(report_link("probe.Poster", olivia.account.id)).path
    with travel(now()):
        answers = [Client().post(path, GIVEN).status_code for _ in range(11)]
    assert answers == [302] * 10 + [429]
    with travel(now() + timedelta(hours=2)):
        assert Client().post(path, GIVEN).status_code == 302
    assert posters.words


def test_forged_and_stale_references_are_not_found(olivia: Inhabitant, posters: Posters) -> None:
    good = urlsplit(report_link("probe.Poster", olivia.account.id)).path
    gone = urlsplit(report_link("probe.Poster", uuid4())).path
    unknown = urlsplit(report_link("probe.Nothing", olivia.account.id)).path
    for path in (good[:-3] + "xx/", gone, unknown, "/report/x/"):
        assert Client().get(path).status_code == 404
        assert Client().post(path, GIVEN).status_code == 404
    assert not Case.objects.exists()
    assert posters.words


def test_the_form_shows_neither_the_content_nor_its_owner(olivia: Inhabitant, posters: Posters) -> None:
    page = Client().get(urlsplit(report_link("probe.Poster", olivia.account.id)).path).content.decode()
    assert "A poster of the probe" in page
    for secret in ("Free blinds", olivia.account.name, olivia.person.email):
        assert secret not in page
    assert posters.words


def test_a_signed_in_reporter_hears_the_outcome_and_the_owner_not_who_it_was(
    olivia: Inhabitant, sam: Inhabitant, posters: Posters
) -> None:
    ben = people.owner("Bayside Blinds", "Ben Bay")
    decided(sam, report(olivia, ben.client), "remove")
    run_due()
    to_ben = [each for each in mail.outbox if each.to == [ben.person.email]]
    to_olivia = [each for each in mail.outbox if each.to == [olivia.person.email]]
    assert "It was removed." in to_ben[0].body
    assert "Ben Bay" not in to_olivia[0].body
    page = olivia.client.get("/me/decisions/").content.decode()
    assert "Ben Bay" not in page
    assert not posters.words


def test_staff_see_the_reported_content_only_after_a_reason(
    olivia: Inhabitant, sam: Inhabitant, posters: Posters
) -> None:
    case = report(olivia)
    path = f"/operator/cases/{case.pk}/"
    assert "Free blinds" not in sam.client.get(path).content.decode()
    opened(sam, case)
    assert "Free blinds" in sam.client.get(path).content.decode()
    assert posters.words


def test_an_invitation_shows_where_its_business_name_is_reported(
    olivia: Inhabitant, sam: Inhabitant, kim: Inhabitant
) -> None:
    olivia.client.post("/account/people/", {"email": "new@harbour.example", "role": "office"})
    run_due()
    letter = mail.outbox[-1].body
    assert "/report/" in letter
    path = letter[letter.index("/invitation/") :].split()[0]
    assert "/report/" in Client().get(path).content.decode()
    case = report(olivia, model="accounts.Account")
    decision = decided(sam, case, "remove")
    olivia.account.refresh_from_db()
    assert olivia.account.name.startswith("Business ")
    appealing.file(decision, "It is the name over our door.", by=olivia.person)
    answered(kim, case, upheld=True)
    olivia.account.refresh_from_db()
    assert olivia.account.name == "Harbour Blinds"
    assert BusinessNames().account_of(uuid4()) is None
