"""Suspension, explanation, the end of a membership, bars: each step by a person, in order, and undone on appeal."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from allonce.kernel import clock, jobs
from allonce.kernel.accounts.models import Person
from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant, at_the_console
from allonce.kernel.audit import Actor
from allonce.kernel.billing.credits import balance, grant
from allonce.kernel.casework.kinds import Subject
from allonce.kernel.casework.models import Case, Decision
from allonce.kernel.casework.services import appealing, deciding, opening
from allonce.kernel.casework.tests.scene import answered, choice, decided, opened
from allonce.kernel.clock import add_months
from allonce.kernel.errors import NotFound
from allonce.kernel.messaging import Draft, Seat
from allonce.kernel.post.models import InstallContent
from allonce.kernel.post.sms.tests.gateway import Gateway
from allonce.kernel.privacy.rights.services import erasing
from allonce.kernel.vault import Scope
from allonce.products.dating.crowns import UNIT
from allonce.products.dating.models import Bar, Date, Member, Met, Suspension
from allonce.products.dating.noon import LASTS
from allonce.products.dating.services import barring, daily, dates, matching, standing
from allonce.products.dating.services.signs import CONDUCT_CASE, subject_of
from allonce.products.dating.services.speaking import CannotWrite
from allonce.products.dating.stream import MatchKind
from allonce.products.dating.tests.scene import AFTER_NOON, DAY, ZONE, Dater, join
from allonce.products.dating.tests.test_joining import NAMED, ask, sent_codes

pytestmark = pytest.mark.django_db
WHY = "I was away, and my brother wrote that from my phone."


@pytest.fixture
def sam() -> Inhabitant:
    return people.staff()


@pytest.fixture
def kim(sam: Inhabitant) -> Inhabitant:
    return people.fellow(sam, "moderation")


@pytest.fixture
def lee(sam: Inhabitant) -> Inhabitant:
    return people.fellow(sam, "moderation", email="lee@operator.example", name="Lee Low")


def case_about(who: Dater, sam: Inhabitant) -> Case:
    with at_the_console(sam) as access:
        return opening.by_staff(access, CONDUCT_CASE, subject_of(who.member))


def suspend(who: Dater, sam: Inhabitant) -> Decision:
    return decided(sam, case_about(who, sam), "suspend")


def close(who: Dater, sam: Inhabitant, kim: Inhabitant, action: str = "close") -> Decision:
    """Suspended, explained, and closed by two."""
    suspend(who, sam)
    who.client.post("/dating/standing/", {"text": WHY})
    case = Case.objects.get(kind=CONDUCT_CASE, state="open")
    proposed = decided(sam, case, action)
    assert standing.of(who.member) and not Suspension.objects.get().closed_at
    opened(kim, case)
    case.refresh_from_db()
    with at_the_console(kim) as access:
        deciding.confirm(access, case.pk, case.revision, agreed=True)
    proposed.refresh_from_db()
    return proposed


@pytest.mark.promise("DATE-SUSPEND")
def test_who_is_suspended_is_seen_by_nobody_paired_with_nobody_and_can_write_to_nobody(
    pair: tuple[Dater, Dater], sam: Inhabitant
) -> None:
    one, other = pair
    with clock.travel(AFTER_NOON):
        made = matching.match(one.member, other.member)
        suspend(other, sam)
        assert "Noah" not in one.client.get("/dating/today/").content.decode()
        assert "Noah" not in one.client.get("/dating/matches/").content.decode()
        assert not dates.sees(one.member, other.member.id)
        with pytest.raises(CannotWrite):
            MatchKind().prepare(Seat(made.id, other.member.seat, staff=False), draft())
        with pytest.raises(NotFound):
            MatchKind().prepare(Seat(made.id, one.member.seat, staff=False), draft())
    with clock.travel(AFTER_NOON + LASTS):
        Met.objects.all().delete()
        Date.objects.all().delete()
        for each in pair:
            each.client.get("/dating/you/")
        assert daily.run(ZONE, DAY + timedelta(days=1)).active == 1


@pytest.mark.promise("DATE-SUSPEND")
def test_who_is_suspended_reads_exports_is_invited_to_explain_and_is_read(
    pair: tuple[Dater, Dater], sam: Inhabitant
) -> None:
    one, other = pair
    with clock.travel(AFTER_NOON):
        made = matching.match(one.member, other.member)
        suspend(other, sam)
        assert other.client.get("/dating/today/")["Location"] == "/dating/standing/"
        page = other.client.get("/dating/standing/").content.decode()
        assert "Suspended until 30 Dec 2026" in page and "Please explain" in page and "14 Dec 2026" in page
        for readable in (f"/dating/matches/{made.id}/", "/dating/you/", "/me/data/", "/me/decisions/"):
            assert other.client.get(readable).status_code == 200, readable
        other.client.post("/dating/standing/", {"text": WHY})
        assert "is with the people who decide" in other.client.get("/dating/standing/").content.decode()
        case = Case.objects.get(kind=CONDUCT_CASE, state="open")
        opened(sam, case)
        assert WHY in sam.client.get(f"/operator/cases/{case.pk}/").content.decode()
        decided(sam, case, "end")
        assert standing.of(other.member) is None
        assert other.client.get(f"/dating/matches/{made.id}/").status_code == 200
        assert one.client.get(f"/dating/matches/{made.id}/").status_code == 200
        assert other.again().about == other.member.about


@pytest.mark.promise("DATE-SUSPEND")
def test_nobody_is_closed_before_they_were_suspended_and_had_time_to_explain(
    pair: tuple[Dater, Dater], sam: Inhabitant
) -> None:
    _one, other = pair
    case = case_about(other, sam)
    opened(sam, case)
    with at_the_console(sam) as access, pytest.raises(NotFound):
        deciding.decide(access, case.pk, choice(case, "close"))
    decided(sam, case, "suspend")
    again = case_about(other, sam)
    opened(sam, again)
    with at_the_console(sam) as access, pytest.raises(NotFound):
        deciding.decide(access, again.pk, choice(again, "close"))
    with clock.travel(clock.now() + timedelta(days=15)):
        assert standing.may_close(other.member)


@pytest.mark.promise("DATE-SUSPEND")
def test_a_month_runs_out_by_itself_after_people_were_reminded_of_it(
    pair: tuple[Dater, Dater], sam: Inhabitant
) -> None:
    _one, other = pair
    with clock.travel(AFTER_NOON):
        suspend(other, sam)
    with clock.travel(AFTER_NOON + timedelta(days=24)):
        assert (standing.remind(), standing.remind()) == (1, 0)
        assert Case.objects.get(kind=CONDUCT_CASE, state="open").detector == "dating.suspension_ends"
        assert standing.of(other.member) is not None
    with clock.travel(AFTER_NOON + timedelta(days=31)):
        assert standing.of(other.member) is None
        assert (standing.let_back(), standing.let_back()) == (1, 0)


@pytest.mark.promise("DATE-SUSPEND")
def test_ending_a_membership_takes_two_and_bars_for_three_years(
    pair: tuple[Dater, Dater], sam: Inhabitant, kim: Inhabitant
) -> None:
    _one, other = pair
    Member.objects.filter(pk=other.member.pk).update(phone_index=None)
    decision = close(other, sam, kim)
    assert decision.confirmed_by == kim.person
    assert other.client.get("/dating/matches/")["Location"] == "/dating/standing/"
    assert "Your membership is ended" in other.client.get("/dating/standing/").content.decode()
    assert other.client.get("/me/data/").status_code == 200
    bar = Bar.objects.get()
    assert bar.until == add_months(clock.today(), 36)
    assert "noah" not in bar.mark and len(bar.mark) == 64


@pytest.fixture
def barred(pair: tuple[Dater, Dater], sam: Inhabitant, kim: Inhabitant) -> None:
    """Noah, with a number of his own, whose membership was ended, and who then left for good."""
    _one, other = pair
    member = other.again()
    member.phone = "+447700900123"
    member.save(update_fields=["phone", "phone_index"])
    close(other, sam, kim, "close_one")
    jobs.run_due()
    Case.objects.update(state="closed")
    erasing.erase_person(member.person_id, actor=Actor(kind="person", id=member.person_id))
    InstallContent.objects.all().delete()


@pytest.mark.promise("DATE-SUSPEND")
@pytest.mark.usefixtures("barred")
@pytest.mark.parametrize(
    ("email", "phone"), [("noah@dating.example", "+447700900999"), ("new@dating.example", "+447700900123")]
)
def test_a_bar_recognises_a_returning_person_who_left_and_lapses_by_itself(
    client: Client, gateway: Gateway, email: str, phone: str
) -> None:
    answer = client.post(ask(client, email=email, phone=phone)["Location"], sent_codes(gateway) | NAMED)
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "You cannot join for now" in page and "How we decide, and how to appeal" in page
    assert Person.objects.with_email(email) is None
    with clock.travel(clock.now() + timedelta(days=367)):
        barring.require_welcome("noah@dating.example", "+447700900123")
        assert barring.forget_lapsed() == 2


@pytest.mark.promise("DATE-SUSPEND")
def test_an_upheld_appeal_undoes_the_end_with_its_bar_and_its_crowns(
    pair: tuple[Dater, Dater], sam: Inhabitant, kim: Inhabitant, lee: Inhabitant
) -> None:
    _one, other = pair
    owner = Scope("person", other.member.person_id)
    grant(owner, UNIT, 7, key="welcome", reason="welcome")
    decision = close(other, sam, kim)
    assert balance(owner, UNIT) == 0
    appealing.file(decision, WHY, by=other.member.person)
    answered(lee, decision.case, upheld=True)
    assert balance(owner, UNIT) == 10
    assert standing.of(other.member) is None and not Bar.objects.exists()
    assert other.client.get("/dating/matches/").status_code == 200


@pytest.mark.promise("DATE-SUSPEND")
def test_an_upheld_appeal_undoes_a_suspension(pair: tuple[Dater, Dater], sam: Inhabitant, kim: Inhabitant) -> None:
    _one, other = pair
    decision = suspend(other, sam)
    appealing.file(decision, WHY, by=other.member.person)
    answered(kim, decision.case, upheld=True)
    assert standing.of(other.member) is None


def test_a_suspended_member_explains_once(pair: tuple[Dater, Dater], sam: Inhabitant) -> None:
    _one, other = pair
    suspend(other, sam)
    other.client.post("/dating/standing/", {"text": WHY})
    assert other.client.post("/dating/standing/", {"text": "And more"}).status_code == 422
    assert Suspension.objects.get().explanation == WHY


def test_nobody_else_has_a_standing_page(pair: tuple[Dater, Dater]) -> None:
    one, _other = pair
    assert one.client.get("/dating/standing/")["Location"] == "/dating/today/"
    assert Client().get("/dating/standing/").status_code == 302
    join("Tess")


def test_a_case_about_somebody_who_left_offers_nothing_to_do(pair: tuple[Dater, Dater], sam: Inhabitant) -> None:
    from allonce.products.dating.conduct import CONDUCT_KIND

    gone = Subject(person_id=sam.person.id, target=f"dating.Member:{uuid4()}")
    assert [each.code for each in CONDUCT_KIND.choices(gone)] == ["no_action"]


def draft() -> Draft:
    return Draft(uuid4(), "text", {"text": "Hello"})
