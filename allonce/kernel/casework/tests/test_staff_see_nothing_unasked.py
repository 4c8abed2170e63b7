"""PRIV-STAFF-ACCESS: walked over every address of the console, without a reason nothing of anybody is shown."""

from collections.abc import Iterator
from itertools import product

import pytest

from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.audit import person_looks
from allonce.kernel.audit.models import Entry
from allonce.kernel.casework.kinds import Fact, Subject
from allonce.kernel.casework.models import Case, CaseOpening
from allonce.kernel.casework.services import opening
from allonce.kernel.casework.tests.scene import decided, opened
from tests.tenancy.addresses import Address, every_address
from tests.tenancy.rows import rows_of, value_for

pytestmark = [pytest.mark.slow, pytest.mark.scale, pytest.mark.django_db, pytest.mark.promise("PRIV-STAFF-ACCESS")]
CANARY = "Quillfeather said this"
POSTED = {"reason": "too few", "minutes": "15", "wanted": "yes", "text": "x", "action": "suspend", "revision": "1"}


@pytest.fixture
def cases(olivia: Inhabitant) -> list[Case]:
    """One about the person and one about her business, with words of hers in both."""
    facts = [Fact("Words", CANARY)]
    target = f"accounts.Account:{olivia.account.id}"
    numbers = [
        opening.by_detector("probe", "accounts.person_conduct", Subject(person_id=olivia.person.id), facts),
        opening.by_detector("probe", "content", Subject(account_id=olivia.account.id, target=target), facts),
    ]
    return list(Case.objects.filter(pk__in=numbers))


def console() -> list[Address]:
    return [each for each in every_address() if each.route.startswith("operator/")]


def paths(address: Address, olivia: Inhabitant) -> Iterator[str]:
    rows = rows_of(olivia.account)
    names = [name for _kind, name in address.parameters()]
    for values in product(*(value_for(kind, name, rows) for kind, name in address.parameters())):
        yield address.filled(dict(zip(names, values, strict=True)))


def test_without_a_stated_reason_no_address_of_the_console_names_anybody(
    olivia: Inhabitant, sam: Inhabitant, cases: list[Case]
) -> None:
    secrets = [olivia.person.name, olivia.person.email, olivia.account.name, olivia.account.email, CANARY]
    walked = 0
    for path in [path for address in console() for path in paths(address, olivia)]:
        for method in ("get", "post"):
            answer = getattr(people.browser_of(sam.person), method)(path, POSTED if method == "post" else {})
            said = b"".join(answer.streaming_content if answer.streaming else [answer.content]).decode()
            assert not [each for each in secrets if each in said], f"{method} {path}"
            walked += 1
    assert walked > 30
    assert not person_looks(olivia.person.id).exists()
    assert len(cases) == 2


def test_each_opening_of_a_case_is_one_more_look_that_the_person_sees(
    olivia: Inhabitant, sam: Inhabitant, cases: list[Case]
) -> None:
    opened(sam, cases[0])
    opened(sam, cases[1])
    page = olivia.client.get("/me/looks/").content.decode()
    assert page.count("Ticket 12: to decide this case") == 2
    assert "Ticket 12" in olivia.client.get("/account/looks/").content.decode()
    assert Entry.objects.filter(action__in=["audit.looked", "audit.looked_at_person"]).count() == 2
    assert CaseOpening.objects.count() == 2


def test_one_staff_members_opening_opens_nothing_for_a_colleague(
    olivia: Inhabitant, sam: Inhabitant, kim: Inhabitant, cases: list[Case]
) -> None:
    opened(sam, cases[0])
    path = f"/operator/cases/{cases[0].pk}/"
    assert CANARY in sam.client.get(path).content.decode()
    assert CANARY not in kim.client.get(path).content.decode()
    for act in ("take-on", "note", "hold", "decide", "confirm", "answer"):
        kim.client.post(f"{path}{act}/", POSTED)
    case = Case.objects.get(pk=cases[0].pk)
    assert (case.assigned, case.held, case.state, case.revision) == (None, False, "open", 1)
    assert olivia.person.name


def test_the_case_page_shows_its_whole_course_to_whoever_opened_it(
    olivia: Inhabitant, sam: Inhabitant, cases: list[Case]
) -> None:
    decided(sam, cases[0], "suspend")
    page = sam.client.get(f"/operator/cases/{cases[0].pk}/").content.decode()
    for words in ("Opened a case", "Decided the case", "Can be appealed until", olivia.person.name):
        assert words in page
