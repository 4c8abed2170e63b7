"""Pictures and recordings that were put into a case: closed until they are wanted, and for whoever opened the case."""

from base64 import b64encode

import pytest

from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.casework.kinds import Fact, Subject
from allonce.kernel.casework.models import Case, PersonCaseText
from allonce.kernel.casework.services import opening
from allonce.kernel.casework.tests.scene import Doings, opened
from allonce.kernel.uploads.tests.recordings import webm

pytestmark = [pytest.mark.django_db, pytest.mark.promise("PRIV-STAFF-ACCESS")]
PICTURE = "data:image/jpeg;base64,AAAA"
SOUND = f"data:audio/webm;base64,{b64encode(webm()).decode()}"


@pytest.fixture
def case(olivia: Inhabitant, doings: Doings) -> Case:
    facts = [Fact("Words", "a threat"), Fact("Shown", picture=PICTURE), Fact("Spoken", sound=SOUND)]
    number = opening.by_detector("probe.words", "probe.conduct", Subject(person_id=olivia.person.id), facts)
    return Case.objects.get(pk=number)


def heard_at(case: Case, number: int = 1) -> str:
    return f"/operator/cases/{case.pk}/heard/{PersonCaseText.objects.get(case=case).pk}/{number}/"


def test_a_picture_is_blurred_and_a_recording_waits_to_be_played(sam: Inhabitant, case: Case) -> None:
    opened(sam, case)
    page = sam.client.get(f"/operator/cases/{case.pk}/").content.decode()
    assert "a threat" in page and page.index('class="blurred') < page.index(PICTURE)
    assert f'src="{heard_at(case)}"' in page and 'preload="none"' in page and "autoplay" not in page


def test_a_recording_is_heard_by_whoever_opened_the_case_in_parts_as_players_ask(sam: Inhabitant, case: Case) -> None:
    assert sam.client.get(heard_at(case)).status_code == 404
    opened(sam, case)
    whole = sam.client.get(heard_at(case))
    assert (whole.content, whole["Content-Type"], whole["Cache-Control"]) == (webm(), "audio/webm", "private, no-store")
    part = sam.client.get(heard_at(case), headers={"Range": "bytes=4-9"})
    assert (part.status_code, part.content) == (206, webm()[4:10])
    assert part["Content-Range"] == f"bytes 4-9/{len(webm())}"
    assert sam.client.get(heard_at(case), headers={"Range": "bytes=2-"}).content == webm()[2:]
    assert sam.client.get(heard_at(case), headers={"Range": "bytes=999999-"}).status_code == 416


def test_nobody_else_hears_it_and_nothing_else_is_there(sam: Inhabitant, olivia: Inhabitant, case: Case) -> None:
    opened(sam, case)
    for number in (0, 2, 99):
        assert sam.client.get(heard_at(case, number)).status_code == 404
    assert people.fellow(sam, "moderation").client.get(heard_at(case)).status_code == 404
    assert olivia.client.get(heard_at(case)).status_code == 404
