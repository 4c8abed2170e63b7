"""An account leaves one installation as a file and comes back in another, whole."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from allonce.project.backup.account.tests.files import content_of
from tests.probe.installation import Installation, installed

pytestmark = pytest.mark.slow

SHOP = "hello@harbourblinds.example"
CANARY = "Xenophon-Quillfeather-2719"
FILL = f"""
from django.conf import settings
from django.core.management import call_command
settings.DEMO = True
call_command("demo", verbosity=0)
from allonce.kernel.accounts.models import Account, Membership, Person, Invitation
from allonce.kernel.accounts.devices.services.users import UserDetails, add_user
from allonce.kernel.accounts.devices.tests.scene import access_for
from allonce.kernel.accounts.models.organisations import Role
shop = Account.objects.with_email("{SHOP}")
owner = shop.memberships.get().person
add_user(access_for(owner, shop, Role.OWNER), UserDetails("XQ", "{CANARY}", 0))
print(shop.id)
"""
LOOK = f"""
from allonce.kernel.accounts.models import Account, Invitation, AccountKey, KeyHolder, User
from allonce.kernel.post.models import OutboxMail
shop = Account.objects.with_email("{SHOP}")
print(shop.id, User.objects.filter(account=shop).count(), Invitation.objects.filter(account=shop).count(),
    OutboxMail.objects.filter(kind="accounts.invitation").count(), AccountKey.objects.filter(account=shop).count())
"""
ROWS = """
from allonce.kernel.accounts.models import Account, User
from allonce.products.catalogue.models import Chunk
print(Account.objects.count(), User.objects.count(), Chunk.objects.count())
"""


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Installation]:
    with installed(tmp_path / "first") as made:
        made.python(FILL)
        yield made


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Installation]:
    """Another installation with other keys, which never heard of the first."""
    with installed(tmp_path / "second", ALLONCE_VAULT_ROOT_KEY="another root key, of another Operator") as made:
        yield made


def id_in(place: Installation) -> str:
    return place.python(LOOK).split()[0]


def back_up(place: Installation, path: Path, *more: str) -> io.BytesIO:
    place.run("account", "backup", SHOP, str(path), *more)
    return io.BytesIO(path.read_bytes())


@pytest.mark.promise("DATA-YOURS")
def test_a_backup_restored_in_an_empty_installation_is_the_same_account(
    place: Installation, elsewhere: Installation, tmp_path: Path
) -> None:
    first = back_up(place, tmp_path / "first.zip")
    said = elsewhere.run("account", "restore", str(tmp_path / "first.zip")).stdout
    again = back_up(elsewhere, tmp_path / "again.zip")
    assert content_of(first) == content_of(again)
    rows = json.loads(content_of(first)["rows"])
    assert rows["accounts.User"] > 1
    assert rows["catalogue.Version"] >= 1
    assert rows["catalogue.Chunk"] > 10
    assert rows["quoting.DocumentSettings"] == 1
    assert "rows" in said
    account, users, invited, mailed, _keys = elsewhere.python(LOOK).split()
    assert account == id_in(place)
    assert (int(users), int(invited), int(mailed)) == (rows["accounts.User"], 1, 1)


def test_a_restored_account_is_encrypted_anew_and_its_backup_with_a_password_shows_nothing(
    place: Installation, elsewhere: Installation, tmp_path: Path
) -> None:
    (tmp_path / "word").write_text("a password of four words\n")
    given = ("--password-file", str(tmp_path / "word"))
    back_up(place, tmp_path / "sealed", *given)
    assert CANARY.encode() not in (tmp_path / "sealed").read_bytes()
    refused = elsewhere.run("account", "restore", str(tmp_path / "sealed"), check=False)
    assert refused.returncode == 1
    assert "encrypted" in refused.stderr
    assert elsewhere.python(ROWS).split() == ["0", "0", "0"]
    elsewhere.run("account", "restore", str(tmp_path / "sealed"), *given)
    assert content_of(back_up(elsewhere, tmp_path / "plain.zip")) == content_of(back_up(place, tmp_path / "first.zip"))
    kept = [path.read_bytes() for path in elsewhere.data.rglob("*") if path.is_file()]
    assert not [each for each in kept if CANARY.encode() in each]


def test_a_restore_killed_half_way_leaves_nothing_and_can_be_done_again(
    place: Installation, elsewhere: Installation, tmp_path: Path
) -> None:
    first = back_up(place, tmp_path / "first.zip")
    killed = f"""
import os
from allonce.project.backup.account import restoring
from allonce.project.backup.account.reading import open_backup
restoring.check_restored = lambda _id: os._exit(0)
restoring.restore_as_new(open_backup(open("{tmp_path / "first.zip"}", "rb")))
"""
    elsewhere.python(killed)
    assert elsewhere.python(ROWS).split() == ["0", "0", "0"]
    elsewhere.run("account", "restore", str(tmp_path / "first.zip"))
    assert content_of(back_up(elsewhere, tmp_path / "again.zip")) == content_of(first)
    assert elsewhere.python(LOOK).split()[0] == id_in(place)


def test_restored_where_it_came_from_it_is_another_account_and_harms_none(place: Installation, tmp_path: Path) -> None:
    first = back_up(place, tmp_path / "first.zip")
    before = place.python(ROWS)
    refused = place.run("account", "restore", str(tmp_path / "first.zip"), check=False)
    assert refused.returncode == 1
    assert "--email" in refused.stderr
    assert place.python(ROWS) == before
    said = place.run("account", "restore", str(tmp_path / "first.zip"), "--email", "new@harbour.example").stdout
    assert id_in(place) not in said
    assert "Without account keys" in said
    assert content_of(back_up(place, tmp_path / "again.zip")) == content_of(first)


def test_an_erased_accounts_id_never_comes_back(place: Installation, elsewhere: Installation, tmp_path: Path) -> None:
    back_up(place, tmp_path / "first.zip")
    elsewhere.python(f"""
from uuid import UUID
from allonce.kernel.privacy.ledger import note_erasure
from allonce.kernel.vault import Scope
note_erasure(Scope("account", UUID("{id_in(place)}")))  # the file says another id than this may get
""")
    elsewhere.run("account", "restore", str(tmp_path / "first.zip"))
    assert elsewhere.python(LOOK).split()[0] != id_in(place)


def test_a_backup_is_of_one_moment_and_keeps_no_writer_out(place: Installation) -> None:
    assert place.python(f"""
import threading
from allonce.kernel.accounts.models import Account, User
from allonce.project.backup.account.snapshot import one_moment
shop = Account.objects.with_email("{SHOP}")
def write():
    User(account=shop, user_id="NEW", name="New").save()
with one_moment():
    before = User.objects.count()
    writer = threading.Thread(target=write)
    writer.start()
    writer.join()
    during = User.objects.count()
print(during - before, User.objects.count() - before)
""").split() == ["0", "1"]
