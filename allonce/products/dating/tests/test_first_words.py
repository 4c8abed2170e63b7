"""One message before a match, for a Crown: an answer opens the conversation, a decline shows nowhere."""

import pytest

from allonce.kernel import clock
from allonce.kernel.messaging.models import Entry
from allonce.products.dating.models import Match, Report
from allonce.products.dating.services.first_words import forget_unanswered
from allonce.products.dating.tests.scene import Dater
from allonce.products.dating.tests.spending import at, copy_of, crowns, kinds_told, plain, without_crowns

pytestmark = pytest.mark.django_db


@pytest.mark.promise("DATE-MATCH-CHAT")
def test_before_a_match_one_message_costs_a_crown_and_the_answer_opens_the_conversation(
    pair: tuple[Dater, Dater],
) -> None:
    one, other = pair
    with at():
        one.client.post(f"/dating/today/{one.date.id}/write/", {"text": "Do you mend clocks, too?"})
        one.client.post(f"/dating/today/{one.date.id}/write/", {"text": "And again"})
        match = Match.objects.get()
        assert crowns(one) == 2 and Entry.objects.get().body == {"text": "Do you mend clocks, too?"}
        assert kinds_told(other) == ["dating.date", "dating.message"]
        assert "Noah has not" not in one.client.get("/dating/matches/").content.decode()
        assert "wrote to you" in other.client.get("/dating/matches/").content.decode()
        other.client.post(f"/dating/today/{other.date.id}/write/", {"text": "Only cellos."})
    match.refresh_from_db()
    assert match.is_mutual and crowns(other) == 3


@pytest.mark.promise("DATE-MATCH-CHAT")
def test_a_message_without_a_crown_or_without_words_is_refused_clearly(pair: tuple[Dater, Dater]) -> None:
    one, _other = pair
    address = f"/dating/today/{one.date.id}/write/"
    with at():
        assert "Nothing was taken" in one.client.post(address, {"text": " "}, follow=True).content.decode()
        without_crowns(one)
        answer = one.client.post(address, {"text": "Hello"}, follow=True).content.decode()
    assert "Nothing was sent." in answer and not Match.objects.exists()


def test_a_decline_shows_nowhere_on_the_writers_side(pair: tuple[Dater, Dater]) -> None:
    one, other = pair
    with at():
        one.client.post(f"/dating/today/{one.date.id}/write/", {"text": "Hello"})
        match = Match.objects.get()
        pages = ("/dating/today/", "/dating/matches/", f"/dating/matches/{match.id}/")
        before = [plain(one.client.get(each).content.decode()) for each in pages]
        assert other.client.post(f"/dating/matches/{match.id}/decline/")["Location"] == "/dating/matches/"
        assert [plain(one.client.get(each).content.decode()) for each in pages] == before
        assert "Maya" not in other.client.get("/dating/matches/").content.decode()
        assert other.client.get(f"/dating/matches/{match.id}/").status_code == 404
        assert one.client.post(f"/dating/matches/{match.id}/decline/").status_code == 302
    with at(24 * 15):
        forget_unanswered(clock.now())
    assert not Match.objects.exists() and not Entry.objects.filter(stream_id=match.id).exists()


def test_a_like_after_a_first_message_is_a_match(pair: tuple[Dater, Dater]) -> None:
    one, other = pair
    with at():
        one.client.post(f"/dating/today/{one.date.id}/like/")
        one.client.post(f"/dating/today/{one.date.id}/write/", {"text": "Hello"})
        other.client.post(f"/dating/today/{other.date.id}/like/")
        assert Match.objects.get().is_mutual
        assert "You and Noah can write to each other." in one.client.get("/dating/today/").content.decode()


def test_the_writers_copy_does_not_tell_of_a_decline(pair: tuple[Dater, Dater]) -> None:
    one, other = pair
    with at():
        one.client.post(f"/dating/today/{one.date.id}/write/", {"text": "Hello"})
        before = copy_of(one)
        other.client.post(f"/dating/matches/{Match.objects.get().id}/decline/")
        assert copy_of(one) == before


def test_the_one_reported_without_a_block_sees_no_difference_on_the_day(pair: tuple[Dater, Dater]) -> None:
    one, other = pair
    with at():
        Report.objects.create(by=one.member, about=other.member, category="hate")
        answer = other.client.post(f"/dating/today/{other.date.id}/like/", follow=True).content.decode()
    assert "You like Maya." in answer
