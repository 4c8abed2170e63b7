"""What somebody asked us stands in their own copy with all that followed, and in nobody else's."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from allonce.kernel.accounts.models import Person
from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.privacy.requests.tests import desk
from allonce.kernel.privacy.rights.export import archive

pytestmark = [pytest.mark.django_db, pytest.mark.promise("PRIV-RIGHTS")]
AGAIN = "Where is my answer?"


def copy_of(person: Person) -> str:
    """All texts of the person's archive."""
    with ZipFile(BytesIO(archive.of_person(person))) as packed:
        return "\n".join(packed.read(name).decode() for name in packed.namelist())


def test_a_request_that_was_never_proved_is_there_with_its_steps(olivia: Inhabitant) -> None:
    desk.asked(email=olivia.person.email)
    desk.ask(email=olivia.person.email, words=AGAIN)
    copied = copy_of(olivia.person)
    assert desk.WORDS in copied
    assert AGAIN in copied
    ben = people.owner("Bayside Blinds", "Ben Bay")
    assert desk.WORDS not in copy_of(ben.person)
    assert AGAIN not in copy_of(ben.person)


def test_a_request_proved_by_a_document_is_theirs_whatever_address_it_came_from(
    sam: Inhabitant, olivia: Inhabitant
) -> None:
    desk.asked(email="new-address@post.example", words=AGAIN)
    desk.done(sam, "doubt", reason=desk.REASON)
    desk.upload(desk.picture())
    desk.done(sam, "accept", reason="Name and signature agree.", known_email=olivia.person.email)
    other = people.person("new-address@post.example", "Nia New")
    assert AGAIN in copy_of(olivia.person)
    assert desk.REASON in copy_of(olivia.person)
    assert AGAIN not in copy_of(other)
