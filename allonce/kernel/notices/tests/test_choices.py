import json
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from allonce.kernel import jobs as jobs_of_the_house
from allonce.kernel import post
from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.clock import now, travel
from allonce.kernel.notices import Kind, digests, jobs, notify, register_kind
from allonce.kernel.notices.models import Digest, Notice
from allonce.kernel.notices.queries import unread_of
from allonce.kernel.notices.tests.conftest import DUTY, LIKED, QUIET
from allonce.kernel.post.models import OutboxMail, PersonContent
from allonce.kernel.post.push.models import Subscription
from allonce.kernel.post.push.tests.browser import Browser
from allonce.kernel.post.push.tests.conftest import browser

__all__ = ["browser"]
pytestmark = pytest.mark.django_db
CHOICES = "/me/notices/choices/"


def words(subject: str = "Ann liked your work", link: str = "") -> post.Words:
    action = post.Action("See it", link) if link else None
    return post.Words(subject=subject, paragraphs=["It happened this morning."], action=action)


def mails(kind: str) -> int:
    return OutboxMail.objects.filter(kind=kind).count()


def choose(who: Inhabitant, **ways: str) -> None:
    """Post the page of choices with only these boxes and selections; the rest is off."""
    assert who.client.post(CHOICES, ways).status_code == 302


def test_who_never_chose_is_told_in_the_app_and_by_mail_at_once(olivia: Inhabitant) -> None:
    notify(olivia.person, LIKED.code, words())
    notify(olivia.person, QUIET.code, words())
    assert unread_of(olivia.person.id) == 2
    assert (mails(LIKED.code), mails(QUIET.code)) == (1, 0)


@pytest.mark.promise("NOTIFY-CHOICE")
def test_a_kind_that_is_switched_off_sends_nothing(olivia: Inhabitant) -> None:
    choose(olivia, **{f"mail-{LIKED.code}": "off"})
    assert notify(olivia.person, LIKED.code, words()) is None
    assert not Notice.objects.exists()
    assert not mails(LIKED.code)


@pytest.mark.promise("NOTIFY-CHOICE")
@pytest.mark.parametrize(("app", "mail", "shown", "mailed"), [(True, "off", 1, 0), (False, "at_once", 0, 1)])
def test_the_app_and_mail_are_chosen_apart(olivia: Inhabitant, app: bool, mail: str, shown: int, mailed: int) -> None:
    box = {f"app-{LIKED.code}": "on"} if app else {}
    choose(olivia, **box, **{f"mail-{LIKED.code}": mail})
    notify(olivia.person, LIKED.code, words())
    assert (unread_of(olivia.person.id), mails(LIKED.code)) == (shown, mailed)


@pytest.mark.promise("NOTIFY-CHOICE")
def test_required_kinds_are_marked_and_cannot_be_switched_off(olivia: Inhabitant) -> None:
    page = olivia.client.get(CHOICES).content.decode()
    assert "Required" in page
    assert f"mail-{DUTY.code}" not in page
    choose(olivia, **{f"mail-{DUTY.code}": "off"})
    olivia.client.post("/me/notices/choices/off/")
    assert notify(olivia.person, DUTY.code, words()) is not None
    assert mails(DUTY.code) == 1


@pytest.mark.promise("NOTIFY-CHOICE")
def test_switching_all_off_holds_for_kinds_that_come_later(olivia: Inhabitant) -> None:
    olivia.client.post("/me/notices/choices/off/")
    for kind in (LIKED, QUIET):
        notify(olivia.person, kind.code, words())
    assert not Notice.objects.exists()
    assert not OutboxMail.objects.exists()
    olivia.client.post("/me/notices/choices/again/")
    assert notify(olivia.person, LIKED.code, words()) is not None


def test_what_concerns_staff_alone_is_offered_to_customers(olivia: Inhabitant) -> None:
    register_kind(Kind("test.desk", "A case that is due", staff=True))
    assert "A case that is due" not in olivia.client.get(CHOICES).content.decode()
    assert "A case that is due" in people.staff().client.get(CHOICES).content.decode()


def test_one_persons_choice_is_not_anothers(olivia: Inhabitant) -> None:
    ben = people.owner("Bayside Blinds", "Ben Bay")
    olivia.client.post("/me/notices/choices/off/")
    assert notify(ben.person, LIKED.code, words()) is not None


def daily(who: Inhabitant) -> None:
    choose(who, **{f"app-{LIKED.code}": "on", f"mail-{LIKED.code}": "daily"})


def letters() -> list[str]:
    ids = OutboxMail.objects.filter(kind=digests.KIND).values_list("id", flat=True)
    return [content.mail["text"] for content in PersonContent.objects.filter(id__in=list(ids))]


def run_the_day() -> None:
    """The daily job and all that follows, here and now, in the order in which the queue would run them."""
    for person_id in digests.waiting_people(UUID(int=0), jobs.PEOPLE_AT_A_TIME):
        jobs.digest(person_id)


@pytest.mark.promise("NOTIFY-CHOICE")
def test_a_daily_letter_gathers_the_day_and_goes_out_once_however_often_its_job_runs(olivia: Inhabitant) -> None:
    daily(olivia)
    for name in ("Ann", "Bea"):
        notify(olivia.person, LIKED.code, words(f"{name} liked your work"))
    assert not mails(LIKED.code)
    for _again in range(3):
        run_the_day()
    [letter] = letters()
    assert "Ann liked" in letter and "Bea liked" in letter


def test_what_comes_after_the_letter_waits_for_the_next_day(olivia: Inhabitant) -> None:
    daily(olivia)
    notify(olivia.person, LIKED.code, words("First"))
    run_the_day()
    notify(olivia.person, LIKED.code, words("Second"))
    run_the_day()
    assert len(letters()) == 1
    with travel(now() + timedelta(days=1)):
        run_the_day()
    assert len(letters()) == 2


def test_a_job_killed_while_it_writes_the_letter_leaves_the_notices_for_the_next_try(
    olivia: Inhabitant, monkeypatch: pytest.MonkeyPatch
) -> None:
    daily(olivia)
    notify(olivia.person, LIKED.code, words())
    with monkeypatch.context() as broken:
        broken.setattr(post, "send", lambda mail: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            run_the_day()
    assert not Digest.objects.exists()
    run_the_day()
    assert len(letters()) == 1


def test_what_was_switched_off_since_is_left_out_of_the_letter(olivia: Inhabitant) -> None:
    daily(olivia)
    notify(olivia.person, LIKED.code, words())
    olivia.client.post("/me/notices/choices/off/")
    run_the_day()
    assert not letters()
    assert not Notice.objects.filter(for_digest=True).exists()


def test_a_notice_is_opened_read_and_leads_on(olivia: Inhabitant) -> None:
    notice = notify(olivia.person, LIKED.code, words(link="http://localhost:8800/account/"))
    assert notice is not None
    assert b"Ann liked your work" in olivia.client.get("/me/notices/").content
    assert olivia.client.post(f"/me/notices/{notice.pk}/open/")["Location"] == "http://localhost:8800/account/"
    assert unread_of(olivia.person.id) == 0


def test_somebody_elses_notice_is_not_found(olivia: Inhabitant) -> None:
    notice = notify(olivia.person, LIKED.code, words())
    ben = people.owner("Bayside Blinds", "Ben Bay")
    assert notice is not None
    assert ben.client.post(f"/me/notices/{notice.pk}/open/").status_code == 404
    assert Client().post(f"/me/notices/{notice.pk}/open/").status_code == 302
    assert unread_of(olivia.person.id) == 1


def test_the_menus_count_what_is_unread_with_one_query_and_open_nothing(olivia: Inhabitant) -> None:
    for _each in range(3):
        notify(olivia.person, LIKED.code, words())
    for path in ("/me/notices/", "/account/"):
        assert b"3 unread" in olivia.client.get(path).content
    with CaptureQueriesContext(connection) as asked:
        assert unread_of(olivia.person.id) == 3
    assert len(asked) == 1
    assert "words" not in asked[0]["sql"]
    olivia.client.post("/me/notices/read/")
    assert b"unread" not in olivia.client.get("/account/").content


def test_notices_are_forgotten_after_a_year(olivia: Inhabitant) -> None:
    notify(olivia.person, LIKED.code, words())
    with travel(now() + timedelta(days=364)):
        jobs.sweep()
        assert Notice.objects.exists()
    with travel(now() + timedelta(days=367)):
        jobs.sweep()
        assert not Notice.objects.exists()


def wake_this(who: Inhabitant, browser: Browser) -> None:
    """As the page's button does."""
    answer = who.client.post("/me/notices/browser/", {"on": browser.info}, content_type="application/json")
    assert answer.status_code == 200, answer.content


def told_to(browser: Browser) -> list[dict[str, str]]:
    jobs_of_the_house.run_due()
    return [json.loads(browser.plain(call.body)) for call in browser.server.calls]


@pytest.mark.promise("NOTIFY-CHOICE")
@pytest.mark.parametrize("wanted", [True, False])
def test_a_woken_browser_is_told_what_its_person_wants_and_nothing_else(
    olivia: Inhabitant, browser: Browser, wanted: bool
) -> None:
    wake_this(olivia, browser)
    choose(olivia, **({f"push-{LIKED.code}": "on"} if wanted else {f"app-{LIKED.code}": "on"}))
    notify(olivia.person, LIKED.code, words(link="/me/data/"))
    told = [{"title": "Ann liked your work", "url": "/me/data/"}] if wanted else []
    assert told_to(browser) == told


def test_a_browser_that_was_switched_off_is_not_woken(olivia: Inhabitant, browser: Browser) -> None:
    wake_this(olivia, browser)
    choose(olivia, **{f"push-{LIKED.code}": "on"})
    said = {"off": browser.info["endpoint"]}
    assert olivia.client.post("/me/notices/browser/", said, content_type="application/json").status_code == 200
    notify(olivia.person, LIKED.code, words())
    assert told_to(browser) == []


@pytest.mark.parametrize("said", ["", "[]", "{}", '{"on": 1}', '{"on": {"endpoint": "https://evil.example/x"}}'])
def test_what_is_no_subscription_is_refused_and_changes_nothing(olivia: Inhabitant, said: str) -> None:
    answer = olivia.client.post("/me/notices/browser/", said, content_type="application/json")
    assert answer.status_code in {409, 422}
    assert not Subscription.objects.exists()
