"""Pictures and voice notes in reports, in the copy of one's data, and when somebody ends the match or leaves."""

import io
from zipfile import ZipFile

import pytest

from allonce.kernel import jobs
from allonce.kernel.accounts.tests import people
from allonce.kernel.audit import Actor
from allonce.kernel.casework.models import Case, PersonCaseText
from allonce.kernel.casework.tests.scene import opened
from allonce.kernel.privacy.retention.models import LegalHold
from allonce.kernel.privacy.rights.export import archive
from allonce.kernel.privacy.rights.services import erasing
from allonce.kernel.uploads.tests.recordings import ogg, webm
from allonce.kernel.vault import Scope, files
from allonce.products.dating.models import Enclosure, Match
from allonce.products.dating.services import matching
from allonce.products.dating.tests.enclosed import send, status_of
from allonce.products.dating.tests.scene import Dater, picture
from allonce.products.dating.tests.spending import at
from allonce.products.dating.tests.test_evidence import order
from allonce.products.dating.tests.test_safety import report

pytestmark = [pytest.mark.django_db, pytest.mark.promise("DATE-MATCH-CHAT")]


@pytest.fixture
def made(pair: tuple[Dater, Dater]) -> Match:
    return matching.match(pair[0].member, pair[1].member)


@pytest.mark.promise("DATE-REPORT")
def test_a_report_shows_those_of_the_one_reported_closed_and_outlasts_the_match(
    pair: tuple[Dater, Dater], made: Match
) -> None:
    one, other = pair
    send(other, made, picture("crimson"))
    send(other, made, webm(), "voice")
    send(one, made, picture("navy"))
    with at():
        report(one, other)
        assert not any("enclosed" in each.words for each in PersonCaseText.objects.all())
        report(one, other, with_messages="on")
        one.client.post(f"/dating/matches/{made.id}/end/")
        sam, case = people.staff(), Case.objects.get()
        text = next(each for each in PersonCaseText.objects.all() if "enclosed" in each.words)
        heard = f"/operator/cases/{case.pk}/heard/{text.pk}/1/"
        assert "data:image" not in sam.client.get(f"/operator/cases/{case.pk}/").content.decode()
        assert sam.client.get(heard).status_code == 404
        opened(sam, case)
        page = sam.client.get(f"/operator/cases/{case.pk}/").content.decode()
        assert sam.client.get(heard).content == webm()
    assert [bool(each["picture"]) for each in text.words["enclosed"]] == [True, False]
    assert page.count('class="blurred') == 1 and heard in page
    assert "Noah: (a picture)" in page and "Reporter: (a picture)" in page and "12 seconds" in page


@pytest.mark.promise("DATE-EVIDENCE")
def test_what_is_kept_for_the_authorities_has_them_and_nobody_else_sees_them_any_more(
    pair: tuple[Dater, Dater], made: Match
) -> None:
    one, other = pair
    address = send(other, made, webm(), "voice")
    sam = people.staff()
    with at():
        report(one, other, with_messages="on")
        case = Case.objects.get()
        opened(sam, case)
        assert sam.client.post(f"/operator/dating/cases/{case.pk}/evidence/", order()).status_code == 302
    kept = PersonCaseText.objects.get(pk=LegalHold.objects.get().row).words
    assert kept["reported"][0][2][0]["sound"].startswith("data:audio/webm;base64,")
    assert [status_of(each, address) for each in pair] == [404, 404]


def test_the_copy_of_ones_data_has_ones_own_and_none_of_the_others(pair: tuple[Dater, Dater], made: Match) -> None:
    one, other = pair
    send(one, made, picture())
    send(one, made, webm(), "voice")
    send(other, made, ogg(), "voice")
    with ZipFile(io.BytesIO(archive.of_person(one.member.person))) as packed:
        inside = {name.rpartition(".")[2]: packed.read(name) for name in packed.namelist() if "conversations/" in name}
        page = packed.read("index.html").decode()
    assert inside.keys() == {"jpg", "webm"} and inside["webm"] == webm() and "conversations/" in page
    assert "shown_at" not in page


@pytest.mark.promise("DATE-DELETE")
@pytest.mark.django_db(transaction=True, databases=["default", "keys"])
@pytest.mark.parametrize("how", ["unmatch", "leave"])
def test_with_the_match_or_its_member_they_are_gone(pair: tuple[Dater, Dater], made: Match, how: str) -> None:
    one, other = pair
    address = send(one, made, picture())
    send(other, made, webm(), "voice")
    person_id = one.member.person_id
    if how == "unmatch":
        matching.unmatch(other.member, made.id)
    else:
        erasing.erase_person(person_id, actor=Actor(kind="person", id=person_id))
        jobs.run_due()
    assert not Enclosure.objects.exists() and not files.has_files(Scope("account", made.id))
    assert status_of(other, address) == 404
