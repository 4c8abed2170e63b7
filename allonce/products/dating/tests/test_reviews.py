"""After a real date: who may speak of it, who reads it, what it counts for, and that the other never learns."""

from datetime import date, timedelta

import pytest

from allonce.kernel import clock
from allonce.kernel.accounts.tests import people
from allonce.kernel.audit import Actor
from allonce.kernel.casework.models import Case, PersonCaseText
from allonce.kernel.casework.tests.scene import decided, opened
from allonce.kernel.privacy.rights.services import erasing
from allonce.products.dating.models import Match, Meeting, Report, Review
from allonce.products.dating.services import matching, plans, reviewing, signs
from allonce.products.dating.services.outcomes import _again
from allonce.products.dating.tests.scene import AFTER_NOON, ZONE, Dater, join
from allonce.products.dating.tests.spending import copy_of, kinds_told, plain

pytestmark = pytest.mark.django_db
BAD = {"met": "yes", "photos": "no", "safe": "no", "again": "no", "words": "He would not let me leave."}
PAGES = ("/dating/today/", "/dating/matches/", "/dating/you/", "/dating/next/", "/me/notices/", "/me/data/")


@pytest.fixture(autouse=True)
def _at_one_moment() -> object:
    with clock.travel(AFTER_NOON):
        yield


@pytest.fixture
def match(pair: tuple[Dater, Dater]) -> Match:
    return matching.match(pair[0].member, pair[1].member)


def met(who: Dater, match: Match) -> int:
    return int(who.client.post(f"/dating/matches/{match.id}/met/yes/").status_code)


def say(who: Dater, match: Match, **other: str) -> int:
    return int(who.client.post(f"/dating/matches/{match.id}/met/", BAD | other).status_code)


def both_met(pair: tuple[Dater, Dater], match: Match) -> None:
    for each in pair:
        met(each, match)


def decide(action: str) -> None:
    decided(people.staff(), Case.objects.get(kind="dating.review"), action)


def test_nobody_speaks_of_a_date_that_one_side_alone_says_there_was(pair: tuple[Dater, Dater], match: Match) -> None:
    one, other = pair
    assert say(one, match) == 422
    met(one, match)
    assert say(one, match) == 422 and say(other, match) == 422
    met(other, match)
    assert say(one, match) == 302 and Review.objects.get().about == other.member


def test_that_one_says_so_shows_nowhere_on_the_others_side(pair: tuple[Dater, Dater], match: Match) -> None:
    one, other = pair
    pages = (*PAGES, f"/dating/matches/{match.id}/met/")
    before = [plain(other.client.get(each).content.decode()) for each in pages], copy_of(other)
    met(one, match)
    assert ([plain(other.client.get(each).content.decode()) for each in pages], copy_of(other)) == before


def test_a_plan_opens_it_for_its_maker_alone_once_its_day_is_over(pair: tuple[Dater, Dater], match: Match) -> None:
    one, other = pair
    when = AFTER_NOON + timedelta(hours=6)
    given = {"with_name": "Noah", "where": "Café", "meets": when.strftime("%Y-%m-%dT%H:%M"), "match": str(match.id)}
    one.client.post("/dating/safety/plans/", given)
    assert say(one, match) == 422
    with clock.travel(AFTER_NOON + timedelta(days=1)):
        assert say(other, match) == 422
        assert "How was it with Noah?" in one.client.get("/dating/matches/").content.decode()
        assert "How was it" not in other.client.get("/dating/matches/").content.decode()
    with clock.travel(AFTER_NOON + timedelta(days=3)):
        assert plans.forget_old() == 1 and Meeting.objects.get().planned
        assert say(other, match) == 422 and say(one, match) == 302


def test_somebody_elses_match_cannot_be_named_in_a_plan_or_spoken_of(pair: tuple[Dater, Dater], match: Match) -> None:
    tess, theo = join("Tess"), join("Theo", "man", "woman")
    matching.match(tess.member, theo.member)
    given = {"with_name": "Noah", "where": "Café", "meets": "2026-11-30T18:00", "match": str(match.id)}
    assert tess.client.post("/dating/safety/plans/", given).status_code == 422
    for address in ("met/", "met/yes/", "met/take-back/"):
        assert tess.client.post(f"/dating/matches/{match.id}/{address}", BAD).status_code == 404
    assert not Meeting.objects.exists()


def test_a_person_reads_it_in_a_case_of_its_writer(pair: tuple[Dater, Dater], match: Match) -> None:
    both_met(pair, match)
    say(pair[0], match)
    case, sam = Case.objects.get(), people.staff()
    assert case.person_id == pair[0].member.person_id
    assert "would not let me leave" not in sam.client.get(f"/operator/cases/{case.pk}/").content.decode()
    opened(sam, case)
    page = sam.client.get(f"/operator/cases/{case.pk}/").content.decode()
    assert "would not let me leave" in page and "Did you feel safe? No" in page


@pytest.mark.parametrize(("action", "weighs"), [("count", 1), ("leave", 0), ("no_action", 0)])
def test_only_what_a_person_accepted_counts(pair: tuple[Dater, Dater], match: Match, action: str, weighs: int) -> None:
    both_met(pair, match)
    say(pair[0], match)
    assert not signs.weigh(pair[1].member).seen
    decide(action)
    assert signs.weigh(pair[1].member).seen.get(signs.COMPLAINT, 0) == weighs
    again = _again(ZONE, date(2026, 12, 1))
    assert again == ({(pair[0].member.id, pair[1].member.id): False} if weighs else {})


def test_a_report_and_what_was_said_of_a_date_by_the_same_person_are_one_complaint(
    pair: tuple[Dater, Dater], match: Match
) -> None:
    both_met(pair, match)
    say(pair[0], match)
    Report.objects.create(by=pair[0].member, about=pair[1].member, category="money")
    decide("count")
    assert signs.weigh(pair[1].member).seen == {signs.COMPLAINT: 1}


def test_what_was_said_stands_in_no_case_of_the_other_and_in_no_copy(pair: tuple[Dater, Dater], match: Match) -> None:
    one, other = pair
    both_met(pair, match)
    for each in PAGES:
        other.client.get(each)
    sam = people.staff()
    before = [plain(other.client.get(each).content.decode()) for each in PAGES], copy_of(other), kinds_told(other)
    say(one, match)
    decided(sam, Case.objects.get(), "count")
    after = [plain(other.client.get(each).content.decode()) for each in PAGES], copy_of(other), kinds_told(other)
    assert after == before
    with clock.travel(AFTER_NOON + timedelta(hours=2)):
        Report.objects.create(by=join("Tess").member, about=other.member, category="money")
        signs.weigh(other.member)
        case = Case.objects.get(kind="dating.conduct")
        written = str([text.words for text in PersonCaseText.objects.filter(case=case)])
        assert "leave" not in written and "points" not in written and "confidence" not in written
        opened(sam, case)
        assert "would not let me leave" in sam.client.get(f"/operator/cases/{case.pk}/").content.decode()
        assert "confidence" not in copy_of(other) and "would not let" not in copy_of(other)


def test_it_is_in_the_writers_copy_and_goes_when_taken_back(pair: tuple[Dater, Dater], match: Match) -> None:
    both_met(pair, match)
    say(pair[0], match)
    assert "would not let me leave" in copy_of(pair[0])
    assert say(pair[0], match) == 422
    assert pair[0].client.post(f"/dating/matches/{match.id}/met/take-back/").status_code == 302
    assert not Review.objects.exists()
    decide("no_action")


@pytest.mark.parametrize("who", [0, 1])
def test_it_goes_with_either(pair: tuple[Dater, Dater], match: Match, who: int) -> None:
    both_met(pair, match)
    say(pair[0], match)
    leaver = pair[who].member.person_id
    erasing.erase_person(leaver, actor=Actor(kind="person", id=leaver))
    assert not Review.objects.exists() and not Meeting.objects.exists()


def test_every_question_wants_an_answer_and_what_was_written_is_kept(pair: tuple[Dater, Dater], match: Match) -> None:
    both_met(pair, match)
    answer = pair[0].client.post(f"/dating/matches/{match.id}/met/", {"words": "A lovely walk."})
    assert answer.status_code == 422 and "A lovely walk." in answer.content.decode()
    assert not Review.objects.exists() and reviewing.to_answer(pair[0].member) == {match.id}
