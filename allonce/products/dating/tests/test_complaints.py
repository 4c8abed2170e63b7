"""A complaint has a case, a person, a due day, and an answer that names the mediator whom the Operator set."""

import pytest
from pytest_django.fixtures import Settings

from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import at_the_console
from allonce.kernel.casework.models import Case
from allonce.kernel.casework.services import working
from allonce.kernel.casework.tests.scene import decided, opened
from allonce.kernel.clock import today, working_days_after
from allonce.kernel.post.models import PersonContent
from allonce.products.dating import complaints
from allonce.products.dating.complaints import COMPLAINT_CASE, UnknownMediator
from allonce.products.dating.tests.scene import Dater, maya, noah

pytestmark = [pytest.mark.django_db, pytest.mark.promise("DATE-DISPUTE")]
MEDIATOR = "Mediators of Europe; 1 Peace Lane, Lyon; https://mediators.example"


def complain(who: Dater) -> Case:
    assert who.client.post("/dating/safety/complain/", {"text": "Nobody answered my report."}).status_code == 302
    return Case.objects.get(kind=COMPLAINT_CASE, person=who.member.person)


def mailed(who: Dater) -> str:
    mails = PersonContent.objects.filter(owner_id=who.member.person_id)
    return " ".join(" ".join(str(each.mail["text"]).split()) for each in mails)


def test_a_complaint_has_a_due_day_and_a_person_whom_its_member_sees() -> None:
    who, other, sam = maya(), noah(), people.staff()
    case = complain(who)
    assert case.due_on == working_days_after(today(), 15)
    opened(sam, case)
    assert "Nobody answered my report." in sam.client.get(f"/operator/cases/{case.pk}/").content.decode()
    with at_the_console(sam) as access:
        working.take_on(access, case.pk)
    page = who.client.get("/dating/safety/complain/").content.decode()
    assert f"Answer by {case.due_on:%-d %b %Y}" in page and "Sam Reed" in page
    assert "Complaint of" not in other.client.get("/dating/safety/complain/").content.decode()


@pytest.mark.parametrize("action", ["right", "wrong"])
def test_the_answer_names_the_mediator_that_the_operator_set(settings: Settings, action: str) -> None:
    settings.MEDIATOR = MEDIATOR
    who = maya()
    assert "Mediators of Europe" in who.client.get("/dating/safety/complain/").content.decode()
    decided(people.staff(), complain(who), action)
    letter = mailed(who)
    assert "Mediators of Europe, 1 Peace Lane, Lyon (https://mediators.example)" in letter
    assert "Answered: read it" in who.client.get("/dating/safety/complain/").content.decode()


def test_without_a_mediator_the_authority_is_named_and_a_broken_setting_is_told(settings: Settings) -> None:
    settings.MEDIATOR = ""
    assert "Information Commissioner" in complaints.mediator().name
    settings.MEDIATOR = "Somebody"
    with pytest.raises(UnknownMediator):
        complaints.mediator()
