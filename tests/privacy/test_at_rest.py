"""Planted personal values are searched for in every byte that the server stores."""

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.probe.installation import Installation, installed

CANARY = "Xenophon-Quillfeather-2719"
on_files = pytest.mark.engine("sqlite3")  # a server's files are not ours to read

PLANT_SEALED = f"""
from uuid import uuid4
from allonce.kernel.accounts.models import Account, Person
from allonce.kernel.audit import Actor, record_look
from allonce.kernel.vault import Scope, files
from tests.probe.models import Letter, Notice, Penfriend
account = Account.objects.create(name="{CANARY}", email="{CANARY}@example.com")
Person.objects.create(name="{CANARY}", email="{CANARY}@example.org")
letter = Letter.objects.create(account_id=account.id, subject="{CANARY}", body={{"to": ["{CANARY}"]}}, seal=b"{CANARY}")
letter.subject = "again {CANARY}"
letter.save()
Letter.objects.bulk_create(Letter(account_id=account.id, subject="{CANARY}" * 50) for _ in range(200))
Penfriend.objects.create(email="{CANARY}@example.net")
Notice.objects.create(text="{CANARY}")
record_look(Actor("staff", uuid4()), account.id, "looks for {CANARY}")
files.save(Scope("account", account.id), uuid4(), "{CANARY}.pdf", b"{CANARY}" * 100_000)
"""
PLANT_BY_USE = f"""
from django.test import Client
from allonce.kernel.accounts.devices.tests.scene import Phone, make_shop
from allonce.kernel.accounts.devices.services.users import UserDetails, add_user
from allonce.kernel.accounts.models import MailedToken, Passkey, SignInSession
from allonce.kernel.accounts.services import memberships, tokens
from allonce.kernel.post import Mail, send
from allonce.kernel.vault import INSTALL, Scope
from allonce.products.quoting.documents.contract import Brand
from allonce.products.quoting.documents.store import save_brand
from allonce.kernel.casework.kinds import Fact, Subject
from allonce.kernel.casework.services import opening
shop = make_shop("{CANARY}@example.com".lower())
add_user(shop.access, UserDetails("KC", "{CANARY}", 0))
body = {{"email": shop.account.email, "device": {{"name": "{CANARY}", "platform": "x", "seal_key": Phone().seal_key}}}}
asked = [Phone().post("/register", body | {{"user_id": user_id}}).status_code for user_id in ("KC", "NONE")]
assert asked == [201, 403], asked
person = shop.access.person
SignInSession.objects.create(person=person, device="{CANARY}")
Passkey.objects.create(person=person, name="{CANARY}", credential_id="c", public_key=b"k")
memberships.invite(shop.access, "{CANARY}@example.net", "viewer")
tokens.issue(person, MailedToken.Purpose.PERSON_EMAIL, email="{CANARY}@example.org")
save_brand(shop.access, Brand(name="{CANARY}", email="{CANARY}@example.com", address=("{CANARY}",)))
for about in (Subject(person_id=person.id), Subject(account_id=shop.account.id)):
    opening.by_detector("probe", "accounts.person_conduct", about, [Fact("Words", "{CANARY}")])
for scope in (INSTALL, Scope("account", shop.account.id), Scope("person", person.id)):
    send(Mail(scope=scope, kind="test", to="{CANARY}@example.com", subject="{CANARY}", text="{CANARY}"))
typed = {{"email": "{CANARY}@example.com", "password": "{CANARY}"}}
Client(headers={{"User-Agent": "{CANARY}"}}).post("/sign-in/", typed)
"""
PLANT_PLAIN = f"""
from tests.probe.models import Effect
Effect.objects.create(mark="{CANARY}")
"""


def spellings() -> Iterator[bytes]:
    raw = CANARY.encode()
    yield from (raw, raw.lower(), raw.hex().encode(), CANARY.encode("utf-16-le"))
    yield from (base64.b64encode(b"x" * shift + raw)[4:-4] for shift in range(3))


def places_that_show_it(place: Installation) -> list[str]:
    stored = [path for path in place.data.rglob("*") if path.is_file()]
    assert any(path.name.endswith("-wal") and path.stat().st_size for path in stored) or len(stored) > 3
    return [
        f"{path.name}: {spelling!r}"
        for path in stored
        for spelling in spellings()
        if spelling in path.read_bytes() or CANARY in str(path)
    ]


@on_files
@pytest.mark.promise("PRIV-ENCRYPTED-AT-REST")
def test_no_planted_personal_value_is_found_in_the_stored_bytes(tmp_path: Path) -> None:
    with installed(tmp_path) as place:
        with place.holding(PLANT_SEALED):
            assert places_that_show_it(place) == []
        assert places_that_show_it(place) == []


@on_files
@pytest.mark.promise("PRIV-ENCRYPTED-AT-REST")
def test_nothing_that_people_enter_is_found_in_the_stored_bytes(tmp_path: Path) -> None:
    with installed(tmp_path, ALLONCE_EXTRA_HOSTS='["testserver"]') as place, place.holding(PLANT_BY_USE):
        assert places_that_show_it(place) == []


@pytest.mark.slow
@on_files
def test_the_same_search_finds_a_value_stored_without_encryption(tmp_path: Path) -> None:
    with installed(tmp_path) as place, place.holding(PLANT_PLAIN):
        assert places_that_show_it(place)


@pytest.mark.slow
@on_files
@pytest.mark.promise("PRIV-ENCRYPTED-AT-REST")
def test_keys_lie_apart_from_the_data_and_without_them_nothing_opens(tmp_path: Path) -> None:
    with installed(tmp_path) as place:
        place.python(PLANT_SEALED)
        (place.data / "keys" / "keys.sqlite3").unlink()
        place.migrate()
        read = "from tests.probe.models import Letter\nfrom allonce.kernel.vault.errors import KeyMissing\n"
        shown = place.python(f"{read}try: print(Letter.objects.first().subject)\nexcept KeyMissing: print('shut')")
        assert shown.strip() == "shut"
