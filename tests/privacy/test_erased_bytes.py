"""After an erasure no byte that the server stores shows what was held: database files, logs of them, files, letters."""

import json
from pathlib import Path

import pytest

from tests.probe.installation import Installation, installed

NAME = "xenophonquillfeather"
PLANT = f"""
from tests.privacy.canaries import plant
planted = plant("{NAME}", 2)
plant("benjaminhall")
# Which streams are whose, as a product knows it from its own rows: the process that erases is another.
import json
from pathlib import Path
from django.conf import settings
from tests.privacy.canaries import STREAMS
told = {{str(owner): [str(each) for each in streams] for owner, streams in STREAMS.items()}}
Path(settings.DATA_DIR, "streams.json").write_text(json.dumps(told))
# What the law has us keep, such as a purchase, may stay where its field is declared so.
Path(settings.DATA_DIR, "kept.json").write_text(json.dumps([planted.canaries[place] for place in planted.kept]))
"""
ERASE = (
    f"name = '{NAME}'"
    + """
import json
from pathlib import Path
from uuid import UUID
from django.conf import settings
from tests.privacy.canaries import STREAMS
told = json.loads(Path(settings.DATA_DIR, "streams.json").read_text())
STREAMS.update({UUID(owner): [UUID(each) for each in streams] for owner, streams in told.items()})
from django.db import connections
from allonce.kernel.accounts.models import Person
from allonce.kernel.audit import SYSTEM
from allonce.kernel.post.delivering import attempt
from allonce.kernel.post.models import OutboxMail
from allonce.kernel.privacy.rights.services import erasing
from allonce.kernel.vault import shared_index
person = Person.objects.get(address_index=shared_index("address", name + "-address@example.org"))
erasing.erase_person(person.id, actor=SYSTEM)
for letter in OutboxMail.objects.filter(kind="rights.erased"):
    attempt(letter.id)
for alias in ("default", "keys"):
    with connections[alias].cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
"""
)
KEEP = """
from dataclasses import replace
from allonce.kernel.declarations import PD, declarations
held = declarations["sessions.Session"]
facts = {name: replace(fact, erase="keep") if isinstance(fact, PD) else fact for name, fact in held.facts.items()}
declarations["sessions.Session"] = replace(held, facts=facts)
"""
BLIND = """
from allonce.kernel.privacy import subjects
subjects.register_resolver("session", lambda model, _scope: model._base_manager.none())
"""


def places_that_show(place: Installation, name: str) -> list[str]:
    spellings = (name.encode(), name.encode().hex().encode())
    notes = {"kept.json", "streams.json"}
    kept = [each.lower().encode() for path in place.data.rglob("kept.json") for each in json.loads(path.read_text())]
    stored = [path for path in place.data.rglob("*") if path.is_file() and path.name not in notes]
    assert len(stored) > 3
    return [path.name for path in stored if any(spelling in _beside(path, kept) for spelling in spellings)]


def _beside(path: Path, kept: list[bytes]) -> bytes:
    """What a file holds beside the values that may stay."""
    found = path.read_bytes().lower()
    for value in kept:
        found = found.replace(value, b"")
    return found


@pytest.mark.slow
@pytest.mark.engine("sqlite3")
@pytest.mark.promise("PRIV-RIGHTS")
def test_nothing_of_an_erased_person_is_left_in_the_stored_bytes(tmp_path: Path) -> None:
    with installed(tmp_path, ALLONCE_EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend") as place:
        place.python(PLANT)
        assert places_that_show(place, NAME), "the search would find nothing anyway"
        place.python(ERASE)
        assert places_that_show(place, NAME) == []
        assert places_that_show(place, "benjaminhall"), "somebody else was erased too"


@pytest.mark.slow
@pytest.mark.engine("sqlite3")
@pytest.mark.parametrize("broken", [KEEP, BLIND], ids=["a_declaration_says_keep", "a_resolver_finds_nothing"])
def test_the_same_search_finds_what_a_wrong_declaration_leaves(tmp_path: Path, broken: str) -> None:
    with installed(tmp_path, ALLONCE_EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend") as place:
        place.python(PLANT)
        place.python(broken + ERASE)
        assert places_that_show(place, NAME)
