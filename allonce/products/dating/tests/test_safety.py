"""Report and block: where they are, what they do at once, and what nobody is told."""

from uuid import uuid4

import pytest
from django.core import mail

from allonce.kernel import clock, jobs
from allonce.kernel.accounts.models import SignInSession
from allonce.kernel.accounts.tests import people
from allonce.kernel.casework.models import Case, PersonCaseText
from allonce.kernel.casework.tests.scene import decided, opened
from allonce.kernel.errors import NotFound
from allonce.kernel.messaging import Credential, Draft, Seat
from allonce.kernel.messaging.streams import append
from allonce.kernel.notices.models import Notice
from allonce.products.dating.models import Block, Date, Match, Met
from allonce.products.dating.noon import LASTS
from allonce.products.dating.services import daily, dates, matching, sight
from allonce.products.dating.stream import MatchKind
from allonce.products.dating.tests.scene import AFTER_NOON, DAY, ZONE, Dater, join

pytestmark = pytest.mark.django_db
SAID = {"category": "money", "words": "He asked me for two hundred pounds."}


def say(match: Match, who: Dater, text: str) -> None:
    append(match.id, who.member.seat, Draft(uuid4(), "text", {"text": text}))


def report(who: Dater, about: Dater, **other: str) -> int:
    return who.client.post(f"/dating/people/{about.member.id}/report/", SAID | other).status_code


def session_of(who: Dater) -> SignInSession:
    return SignInSession.objects.get(person=who.member.person)


def evidence(case: Case) -> str:
    return str([text.words for text in PersonCaseText.objects.filter(case=case)])


@pytest.mark.promise("DATE-REPORT")
def test_card_profile_and_chat_lead_to_report_block_and_unmatch(pair: tuple[Dater, Dater]) -> None:
    one, other = pair
    with clock.travel(AFTER_NOON):
        pages = ["/dating/today/"]
        made = matching.match(one.member, other.member)
        pages += [f"/dating/matches/{made.id}/", f"/dating/matches/{made.id}/profile/"]
        for page in pages:
            shown = one.client.get(page).content.decode()
            for act in (f"people/{other.member.id}/report/", f"people/{other.member.id}/block/"):
                assert f'href="/dating/{act}"' in shown, page
            assert f'href="/dating/matches/{made.id}/end/"' in shown, page
        assert (
            "Arranges groups, events or demonstrations"
            in one.client.get(f"/dating/people/{other.member.id}/report/").content.decode()
        )


@pytest.mark.promise("DATE-REPORT")
@pytest.mark.parametrize("action", ["warn", "no_action"])
def test_every_reporter_is_answered_when_the_case_is_decided_and_named_to_nobody(
    pair: tuple[Dater, Dater], action: str
) -> None:
    one, other = pair
    tess = join("Tess")
    with clock.travel(AFTER_NOON):
        matching.match(tess.member, other.member)
        assert report(one, other) == 302
        assert report(tess, other) == 302
        case = Case.objects.get()
        decided(people.staff(), case, action)
        jobs.run_due()
    for each in (one, tess):
        assert Notice.objects.filter(person=each.member.person, kind="casework.report_decided").count() == 1
    assert not Notice.objects.filter(person=other.member.person, kind="casework.report_decided").exists()
    letters = " ".join(str(each.body) for each in mail.outbox if other.member.person.email in each.to)
    assert "Maya" not in letters and "Tess" not in letters


def test_the_last_messages_go_along_only_if_ticked_and_staff_read_them_for_a_reason(
    pair: tuple[Dater, Dater],
) -> None:
    one, other = pair
    made = matching.match(one.member, other.member)
    for number in range(25):
        say(made, other, f"Line {number} of mine")
    with clock.travel(AFTER_NOON):
        report(one, other)
        case = Case.objects.get()
        assert "of mine" not in evidence(case)
        report(one, other, with_messages="on")
        assert "Line 24 of mine" in evidence(case) and "Line 5 of mine" in evidence(case)
        assert "Line 4 of mine" not in evidence(case)
        sam = people.staff()
        assert "Line 24" not in sam.client.get(f"/operator/cases/{case.pk}/").content.decode()
        opened(sam, case)
        assert "Line 24" in sam.client.get(f"/operator/cases/{case.pk}/").content.decode()


@pytest.mark.promise("DATE-NO-EVENTS")
def test_arranging_events_can_be_reported_and_a_conversation_has_two_seats(pair: tuple[Dater, Dater]) -> None:
    one, other = pair
    tess = join("Tess")
    with clock.travel(AFTER_NOON):
        made = matching.match(one.member, other.member)
        report(one, other, category="events")
        assert "Arranges groups, events or demonstrations" in evidence(Case.objects.get())
        with pytest.raises(NotFound):
            MatchKind().seat(Credential(session=session_of(tess)), made.id)
        assert MatchKind().seat(Credential(session=session_of(one)), made.id).name == one.member.seat


@pytest.mark.promise("DATE-REPORT")
def test_a_block_hides_both_at_once_tells_nobody_and_can_be_undone(pair: tuple[Dater, Dater]) -> None:
    one, other = pair
    with clock.travel(AFTER_NOON):
        made = matching.match(one.member, other.member)
        say(made, other, "The hill with the bakery")
        told = Notice.objects.count()
        seat = Seat(made.id, other.member.seat, staff=False)
        assert one.client.post(f"/dating/people/{other.member.id}/block/").status_code == 302
        for me, them in ((one, other), (other, one)):
            assert me.client.get(f"/dating/matches/{made.id}/").status_code == 404
            for page in ("/dating/today/", "/dating/matches/"):
                assert them.member.first_name not in me.client.get(page).content.decode()
            assert not dates.sees(me.member, them.member.id)
            with pytest.raises(NotFound):
                MatchKind().seat(Credential(session=session_of(me)), made.id)
        with pytest.raises(NotFound):
            MatchKind().prepare(seat, Draft(uuid4(), "text", {"text": "Hello?"}))
        assert Notice.objects.count() == told
        assert "Noah" in one.client.get("/dating/you/blocked/").content.decode()
        assert "Maya" not in other.client.get("/dating/you/blocked/").content.decode()
        block = Block.objects.get()
        assert other.client.post(f"/dating/you/blocked/{block.id}/undo/").status_code == 404
        one.client.post(f"/dating/you/blocked/{block.id}/undo/")
        assert other.client.get(f"/dating/matches/{made.id}/").status_code == 200


@pytest.mark.parametrize("act", ["report", "block"])
def test_who_reported_or_blocked_is_never_paired_with_them_again(pair: tuple[Dater, Dater], act: str) -> None:
    one, other = pair
    with clock.travel(AFTER_NOON):
        if act == "report":
            report(one, other)
        else:
            one.client.post(f"/dating/people/{other.member.id}/block/")
    Met.objects.all().delete()
    Date.objects.all().delete()
    with clock.travel(AFTER_NOON + LASTS):
        for each in pair:
            each.client.get("/dating/you/")
        assert daily.run(ZONE, DAY.replace(month=12, day=1)).active == 2
        assert not Date.objects.exists()


def test_a_block_that_comes_while_the_pairs_are_written_is_kept(
    pair: tuple[Dater, Dater], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = pair
    Met.objects.all().delete()
    Date.objects.all().delete()
    Block.objects.create(by=other.member, blocked=one.member)
    monkeypatch.setattr(sight, "apart", lambda: iter(()))
    with clock.travel(AFTER_NOON + LASTS):
        for each in pair:
            each.client.get("/dating/you/")
        daily.run(ZONE, DAY.replace(month=12, day=1))
    assert not Date.objects.exists()


def test_nobody_can_report_or_block_somebody_they_do_not_see(pair: tuple[Dater, Dater]) -> None:
    _one, other = pair
    tess = join("Tess")
    with clock.travel(AFTER_NOON):
        for act in ("report", "block"):
            assert tess.client.get(f"/dating/people/{other.member.id}/{act}/").status_code == 404
            assert tess.client.post(f"/dating/people/{other.member.id}/{act}/", SAID).status_code == 404
            assert other.client.get(f"/dating/people/{other.member.id}/{act}/").status_code == 404
    assert not Case.objects.exists() and not Block.objects.exists()


def test_a_report_without_a_reason_is_sent_back_with_what_was_typed(pair: tuple[Dater, Dater]) -> None:
    one, other = pair
    with clock.travel(AFTER_NOON):
        answer = one.client.post(f"/dating/people/{other.member.id}/report/", {"words": "It was odd."})
    assert answer.status_code == 422 and "It was odd." in answer.content.decode()
    assert not Case.objects.exists()


def test_reporting_blocks_only_if_asked(pair: tuple[Dater, Dater]) -> None:
    one, other = pair
    with clock.travel(AFTER_NOON):
        report(one, other)
        assert not Block.objects.exists()
        report(one, other, block="on")
        assert Block.objects.get().blocked == other.member
        assert report(one, other, words="One thing more") == 302
