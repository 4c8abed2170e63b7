"""A backup brings everything back, reads without its keys as noise, and never brings back what was deleted."""

import fcntl
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from allonce.kernel import clock
from allonce.project.backup import prune_keys, verify
from allonce.project.backup.container import Unreadable, checksum, opened, sealed_file
from allonce.project.backup.making import LOCK, clear_leftovers
from allonce.project.backup.manifest import Manifest, read_manifest, write_manifest
from tests.probe.installation import Installation, databases, installed

pytestmark = pytest.mark.slow

CANARY = "Xenophon-Quillfeather-2719"
ACCOUNT = "11111111-1111-4111-8111-111111111111"
START = f"""
from uuid import UUID
from allonce.kernel.audit import SYSTEM, record
from allonce.kernel.accounts.models import Account, Membership, Person
from allonce.kernel.accounts.services import people
from allonce.kernel.vault import Scope, destroy_key, files
from tests.probe.models import Effect, Letter
account = UUID("{ACCOUNT}")
scope = Scope("account", account)
"""
FILL = f"""{START}
Letter.objects.bulk_create(Letter(account_id=account, subject=f"{CANARY} {{number}}") for number in range(300))
Effect.objects.create(mark="{CANARY}")
for number in range(3):
    owner = people.NewPerson(f"owner{{number}}@example.com", "{CANARY}", "three unrelated words")
    people.sign_up(owner, people.NewAccount(f"{CANARY} {{number}}", f"shop{{number}}@example.com"))
files.save(scope, account, "plan.pdf", b"{CANARY}" * 20_000)
record("probe.happened", actor=SYSTEM)
"""
READ = f"""{START}
from allonce.kernel.audit import verify
assert {{row.subject for row in Letter.objects.all()}} == {{f"{CANARY} {{number}}" for number in range(300)}}
assert {{account.name for account in Account.objects.all()}} == {{f"{CANARY} {{number}}" for number in range(3)}}
assert (Membership.objects.count(), Person.objects.count()) == (3, 3)
assert files.read(files.FileRef(scope, account, "plan.pdf")) == b"{CANARY}" * 20_000
assert verify() is None
print("whole")
"""
WALLED = f"""{START}
from allonce.kernel.accounts import tenancy
first, other = Account.objects.all()[:2]
with tenancy.within_request():
    tenancy.open_account(first.id)
    print(Account.objects.count(), Membership.objects.count(), Account.objects.filter(pk=other.id).update(kind="x"))
"""


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Installation]:
    with installed(tmp_path / "first") as made:
        made.python(FILL)
        yield made


@pytest.fixture
def empty(tmp_path: Path, place: Installation) -> Iterator[Installation]:
    """Another machine with no data; it knows the first one's root key."""
    server = place.environment["ALLONCE_DATABASE_URL"]
    root = (place.data / "secrets" / "vault.secret").read_text()
    with databases(server) as variables:
        yield Installation(tmp_path / "second", **variables, ALLONCE_VAULT_ROOT_KEY=root)


def backup(place: Installation) -> tuple[Path, Path]:
    folder = place.folder / "backups"
    place.run("backup", "--to", str(folder / "data"), "--keys-to", str(folder / "keys"))
    return max((folder / "data").iterdir()), max((folder / "keys").iterdir())


def restore(place: Installation, data: Path, keys: Path) -> tuple[int, str]:
    done = place.run("restore", "--from", str(data), "--keys", str(keys), check=False)
    return done.returncode, done.stdout + done.stderr


def test_a_backup_of_a_running_installation_brings_everything_back(place: Installation, empty: Installation) -> None:
    with place.holding(f"{START}\nLetter.objects.count()"):
        data, keys = backup(place)
    code, said = restore(empty, data, keys)
    assert code == 0, said
    assert empty.python(READ).strip() == "whole"
    assert restore(empty, data, keys)[0] == 1
    assert empty.python(READ).strip() == "whole"
    # On PostgreSQL each account's rows are walled in again; elsewhere that wall never stood.
    assert empty.python(WALLED).split() == place.python(WALLED).split()


def test_a_backup_shows_nothing_to_who_lacks_the_root_key(place: Installation, empty: Installation) -> None:
    data, keys = backup(place)
    for path in (file for folder in (data, keys) for file in folder.rglob("*")):
        assert CANARY.encode() not in path.read_bytes()
    empty.environment["ALLONCE_VAULT_ROOT_KEY"] = "another"
    code, said = restore(empty, data, keys)
    assert code == 1
    assert "ALLONCE_VAULT_ROOT_KEY" in said
    assert not (empty.data / "allonce.sqlite3").exists()


def test_keys_destroyed_after_the_datas_backup_stay_destroyed(place: Installation, empty: Installation) -> None:
    data, _ = backup(place)
    place.python(f"{START}\ndestroy_key(scope)")
    _, keys = backup(place)
    assert restore(empty, data, keys)[0] == 0
    gone = "try: print(Letter.objects.first().subject)\nexcept KeyDestroyed: print('gone')"
    shown = empty.python(f"{START}\nfrom allonce.kernel.vault.errors import KeyDestroyed\n{gone}")
    assert shown.strip() == "gone"


def test_keys_older_than_the_data_are_refused(place: Installation, empty: Installation) -> None:
    _, old_keys = backup(place)
    data, _ = backup(place)
    code, said = restore(empty, data, old_keys)
    assert code == 1
    assert "older" in said


def made_up(folder: Path) -> Path:
    folder.mkdir(parents=True)
    with sealed_file(folder / "database.sealed") as sealed:
        sealed.write(CANARY.encode() * 10_000)
    files = {"database.sealed": checksum(folder / "database.sealed")}
    write_manifest(folder, Manifest("keys", clock.now().isoformat(), "sqlite", files))
    return folder


@pytest.mark.parametrize("name", ["database.sealed", "manifest.json"])
@pytest.mark.parametrize("damage", ["changed", "cut", "gone"])
def test_a_damaged_or_missing_part_is_told(tmp_path: Path, name: str, damage: str) -> None:
    path = made_up(tmp_path / "keys-1") / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes({"changed": bytes(content), "cut": bytes(content[:-20]), "gone": b""}[damage])
    if damage == "gone":
        path.unlink()
    with pytest.raises(Unreadable):
        read_manifest(path.parent, "keys")


def test_a_part_cut_short_does_not_open(tmp_path: Path) -> None:
    path = made_up(tmp_path / "keys-1") / "database.sealed"
    assert b"".join(opened(path)) == CANARY.encode() * 10_000
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(Unreadable):
        b"".join(opened(path))


def test_backups_of_keys_are_kept_for_seven_days_only(tmp_path: Path) -> None:
    folder = made_up(tmp_path / "keys-1")
    with clock.travel(clock.now() + timedelta(days=6)):
        assert prune_keys(tmp_path) == 0
    with clock.travel(clock.now() + timedelta(days=8)):
        assert prune_keys(tmp_path) == 1
    assert not folder.exists()


def test_a_failed_backup_leaves_no_folder_that_looks_like_one(tmp_path: Path) -> None:
    bare = Installation(tmp_path, ALLONCE_DATABASE_URL="", ALLONCE_KEYS_DATABASE_URL="")
    done = bare.run("backup", "--to", str(tmp_path / "backups"), check=False)
    assert done.returncode == 1
    assert "no database" in done.stderr
    assert not any((tmp_path / "backups").iterdir())


def test_a_backup_can_be_verified_without_restoring_it(tmp_path: Path) -> None:
    folder = made_up(tmp_path / "keys-1")
    assert verify(folder).kind == "keys"
    sealed = folder / "database.sealed"
    content = bytearray(sealed.read_bytes())
    content[-1] ^= 1
    sealed.write_bytes(content)
    with pytest.raises(Unreadable):
        verify(folder)
    # A checksum that fits a damaged file does not save it: it has to open, too.
    write_manifest(folder, Manifest("keys", clock.now().isoformat(), "sqlite", {"database.sealed": checksum(sealed)}))
    with pytest.raises(Unreadable):
        verify(folder)
    with pytest.raises(Unreadable, match="no finished backup"):
        verify(tmp_path)


def test_what_a_killed_backup_left_behind_never_counts_and_is_cleared(tmp_path: Path) -> None:
    dead = tmp_path / ".data-20260101T000000000000Z.part"
    dead.mkdir()
    (dead / "database.sealed").write_bytes(b"half")
    running = tmp_path / ".data-20260102T000000000000Z.part"
    running.mkdir()
    with (running / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert clear_leftovers(tmp_path) == 1
        assert not dead.exists()
        assert running.exists()
    assert clear_leftovers(tmp_path) == 1


def test_a_backup_killed_half_way_is_begun_anew(place: Installation) -> None:
    target = place.folder / "backups"
    kill = (
        "import os\nfrom pathlib import Path\nfrom allonce.project.backup import making\n"
        f"making._pack_files = lambda _sealed: os._exit(9)\nmaking.back_up_data(Path({str(target)!r}))"
    )
    with pytest.raises(AssertionError):
        place.python(kill)
    assert [path.name[0] for path in target.iterdir()] == ["."]
    place.run("backup", "--to", str(target))
    made = sorted(target.iterdir())
    assert [path.name.partition("-")[0] for path in made] == ["data", "keys"]
    assert "whole, and opens" in place.run("backup", "--check", *map(str, made)).stdout
