"""A change of ownership: everybody is told in time and once, and who objects stays out."""

import io
import json
import zipfile
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from allonce.kernel import jobs, notices
from allonce.kernel.accounts.models import Person
from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.clock import now, today, travel
from allonce.kernel.declarations import evidence_for
from allonce.kernel.notices import kinds
from allonce.kernel.notices.models import Notice
from allonce.kernel.post.models import OutboxMail
from allonce.kernel.privacy.requests.models import Transfer, TransferNotice, TransferObjection
from allonce.kernel.privacy.requests.services import announcing
from allonce.kernel.privacy.requests.tests import desk

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.promise("PRIV-TRANSFER-OF-BUSINESS")]
NOTICE = announcing.NOTICE
AHEAD = 40


def after(days: int) -> AbstractContextManager[None]:
    """So many days after the announcement, which was made so that the day of the change was yesterday."""
    return travel(now() - timedelta(days=AHEAD + 1 - days))


def prepare(by: Inhabitant, days: int = AHEAD) -> Any:
    day = (today() + timedelta(days=days)).isoformat()
    form = {"new_owner": "Bigger Ltd of Leeds", "transfer_on": day, "text": "We are joining Bigger Ltd."}
    return by.client.post("/operator/transfer/new/", form)


@pytest.fixture
def announced(sam: Inhabitant, olivia: Inhabitant) -> Transfer:
    with after(0):
        prepare(sam)
        transfer = Transfer.objects.get()
        assert sam.client.post(f"/operator/transfer/{transfer.id}/announce/").status_code == 302
    return transfer


def tell_all(days: int = 0) -> None:
    """As the queue does so many days after the announcement, without the post that follows."""
    transfer_id = Transfer.objects.get(state="announced").id
    with after(days):
        while announcing.tell_some(transfer_id):
            pass


def hand_over(by: Inhabitant, transfer: Transfer) -> tuple[dict[str, list[str]], set[str]]:
    """The list in the archive, and the people whose own archives are inside."""
    answer = by.client.post(f"/operator/transfer/{transfer.id}/hand-over/")
    assert answer.status_code == 200, answer.content[:300]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        inside = {name.split("/")[1].removesuffix(".zip") for name in archive.namelist() if name.startswith("people/")}
        return json.loads(archive.read("hand-over.json")), inside


def test_people_are_told_by_notice_and_letter_once_each(announced: Transfer, olivia: Inhabitant) -> None:
    assert kinds()[NOTICE].required
    jobs.run_due()
    assert Notice.objects.filter(kind=NOTICE).count() == Person.objects.count() == 2
    tell_all()
    assert Notice.objects.filter(kind=NOTICE).count() == 2
    assert OutboxMail.objects.filter(kind=NOTICE).count() == 2
    [notice] = Notice.objects.filter(person=olivia.person)
    assert "Bigger Ltd of Leeds" in notice.words["subject"]


def test_nobody_is_told_twice_or_forgotten_though_the_work_is_killed(
    announced: Transfer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(8):
        people.person(f"person{number}@many.example", f"Person {number}")
    monkeypatch.setattr(announcing, "BATCH", 3)
    real, calls = notices.notify, []

    def dying(person: Person, kind: str, words: Any) -> Any:
        # Once between the note of who was told and the notice, once right after the notice.
        calls.append(person)
        if len(calls) == 2:
            raise RuntimeError("killed")
        made = real(person, kind, words)
        if len(calls) == 7:
            raise RuntimeError("killed")
        return made

    monkeypatch.setattr(notices, "notify", dying)
    for _ in range(2):
        with pytest.raises(RuntimeError):
            tell_all()
    tell_all()
    told = list(Notice.objects.filter(kind=NOTICE).values_list("person_id", flat=True))
    assert sorted(told) == sorted(Person.objects.values_list("pk", flat=True))
    assert OutboxMail.objects.filter(kind=NOTICE).count() == len(told)


def test_it_cannot_be_announced_less_than_thirty_days_ahead(sam: Inhabitant) -> None:
    assert prepare(sam, days=29).status_code == 422
    assert not Transfer.objects.exists()
    assert prepare(sam, days=30).status_code == 302
    transfer = Transfer.objects.get()
    with travel(now() + timedelta(days=1)):
        assert sam.client.post(f"/operator/transfer/{transfer.id}/announce/").status_code == 400
    assert not TransferNotice.objects.exists()
    assert Transfer.objects.get().state == "draft"


def test_an_objector_is_left_out_and_so_is_their_account(
    announced: Transfer, sam: Inhabitant, olivia: Inhabitant
) -> None:
    ben = people.owner("Bayside Blinds", "Ben Bay")
    tell_all()
    assert b"Bigger Ltd of Leeds" in olivia.client.get("/me/transfer/").content
    assert olivia.client.post("/me/transfer/", {"objects": "yes"}).status_code == 302
    assert b"your data stays behind" in olivia.client.get("/me/transfer/").content
    listed, inside = hand_over(sam, announced)
    assert str(olivia.person.id) not in listed["people"]
    assert inside == set(listed["people"]) == {str(ben.person.id), str(sam.person.id)}
    assert listed["accounts"] == [str(ben.account.id)]


def test_one_click_behind_the_mailed_link_objects_and_opening_it_does_not(
    announced: Transfer, olivia: Inhabitant
) -> None:
    tell_all()
    [letter] = [each for each in desk.letters(NOTICE) if each["to"] == olivia.person.email]
    path = desk.link_in(letter)
    assert Client().get(path).status_code == 200
    assert not TransferObjection.objects.exists()
    for _ in range(2):
        assert Client().post(path).status_code == 302
    assert TransferObjection.objects.get().person == olivia.person
    assert Client().post(path, {"objects": "no"}).status_code == 302
    assert not TransferObjection.objects.exists()
    for forged in (path[:-3] + "xx/", "/privacy/transfer/nonsense/"):
        assert Client().post(forged).status_code == 410


def test_whoever_was_not_told_in_time_is_left_out(announced: Transfer, sam: Inhabitant) -> None:
    tell_all()
    late = people.owner("Late Blinds", "Lee Late")
    tell_all(days=20)
    assert TransferNotice.objects.filter(person=late.person).exists()
    listed, _inside = hand_over(sam, announced)
    assert str(late.person.id) not in listed["people"]
    assert str(late.account.id) not in listed["accounts"]


def test_nothing_is_handed_over_before_the_day(announced: Transfer, sam: Inhabitant) -> None:
    tell_all()
    with after(AHEAD - 1):
        answer = sam.client.post(f"/operator/transfer/{announced.id}/hand-over/")
    assert answer.status_code == 409
    assert Transfer.objects.get().state == "announced"


def test_after_it_was_called_off_nobody_is_told_and_nothing_handed_over(announced: Transfer, sam: Inhabitant) -> None:
    assert sam.client.post(f"/operator/transfer/{announced.id}/call-off/").status_code == 302
    jobs.run_due()
    assert not Notice.objects.filter(kind=NOTICE).exists()
    assert sam.client.post(f"/operator/transfer/{announced.id}/hand-over/").status_code == 409


def test_there_is_one_announced_change_at_a_time(announced: Transfer, sam: Inhabitant) -> None:
    prepare(sam, days=90)
    second = Transfer.objects.get(state="draft")
    assert sam.client.post(f"/operator/transfer/{second.id}/announce/").status_code == 409


def test_the_page_and_the_evidence_count_who_was_told_and_who_objects(
    announced: Transfer, sam: Inhabitant, olivia: Inhabitant
) -> None:
    tell_all()
    olivia.client.post("/me/transfer/", {"objects": "yes"})
    page = sam.client.get(f"/operator/transfer/{announced.id}/").content.decode()
    assert "2 of 2 people are told" in page
    assert "1 object" in str(evidence_for("PRIV-TRANSFER-OF-BUSINESS")[0].says)


def test_subscribers_cannot_reach_the_staff_pages(announced: Transfer, olivia: Inhabitant) -> None:
    for path in ("/operator/transfer/", f"/operator/transfer/{announced.id}/"):
        assert olivia.client.get(path).status_code == 404
    assert olivia.client.post(f"/operator/transfer/{announced.id}/hand-over/").status_code == 404
