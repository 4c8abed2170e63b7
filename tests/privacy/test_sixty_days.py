"""A whole installation loses an account: on day 60 no backup opens it any more, and what must be kept still does."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.privacy.test_at_rest import CANARY, places_that_show_it
from tests.probe.installation import PRELUDE, ROOT, Installation, databases, installed

pytestmark = pytest.mark.slow

START = f"""
from datetime import timedelta
from pathlib import Path
from uuid import UUID
from allonce.kernel import clock
from allonce.kernel.accounts.access import AccountAccess, StaffAccess
from allonce.kernel.accounts.models import Account, Membership
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.services import people
from allonce.kernel.audit import Actor, verify
from allonce.kernel.privacy.retention import departure
from allonce.kernel.privacy.retention.models import HeldRecord, KeptRecord, LedgerMark
from allonce.kernel.privacy.retention.services import endings, holds
from allonce.kernel.vault import Scope, files
from allonce.kernel.vault.errors import KeyDestroyed, KeyMissing
from allonce.kernel.vault.models import DataKey
from tests.probe.models import Invoice, Letter
CANARY = "{CANARY}"
def day(number):
    clock.shift(timedelta(days=number))
"""
# The shop has letters, a file, an invoice that tax law keeps and a letter that a court wants; then its owner ends it.
FILL = f"""{START}
staff, operator = people.sign_up(
    people.NewPerson("sam@operator.example", "Sam Reed", "three unrelated words"),
    people.NewAccount("The Operator", "post@operator.example", Account.Kind.OPERATOR),
)
owner, shop = people.sign_up(
    people.NewPerson("owner@example.com", "Olivia Marsh", "three unrelated words"),
    people.NewAccount(CANARY, "shop@example.com"),
)
Letter.objects.bulk_create(Letter(account_id=shop.id, subject=f"{{CANARY}} {{number}}") for number in range(100))
dispute = Letter.objects.create(account_id=shop.id, subject=f"dispute {{CANARY}}")
Invoice.objects.create(account_id=shop.id, issued_at=clock.now(), words=f"invoice {{CANARY}}")
files.save(Scope("account", shop.id), shop.id, "plan.pdf", CANARY.encode() * 1000)
access = StaffAccess(operator, staff, Role.OWNER, Actor("staff", staff.id))
holds.place(access, holds.NewHold("row", str(dispute.id), "A court wants this letter.", table="probe.Letter"))
endings.end_by_owner(AccountAccess(shop, owner, Role.OWNER, Actor("person", owner.id)), CANARY)
print(shop.id, bytes(DataKey.objects.get(scope_id=shop.id).wrapped).hex())
"""
END = f"""{START}
day(60)
departure.advance_all()
"""
KEEPS = f"""{START}
assert KeptRecord.objects.get().facts["words"] == f"invoice {{CANARY}}"
assert HeldRecord.objects.get().facts["subject"] == f"dispute {{CANARY}}"
assert not Letter.objects.exists() and not Invoice.objects.exists()
assert not Account.objects.filter(kind="subscriber").exists()
assert verify() is None
print("kept")
"""
OPENS = f"""{START}
try: print(Letter.objects.first().subject)
except (KeyDestroyed, KeyMissing): print("shut")
"""
GONE = f"""{START}
print(Letter.objects.count(), Account.objects.filter(kind="subscriber").count(), Account.objects.count())
print(DataKey.objects.filter(scope_kind="account").exclude(state="destroyed").count())
"""


@contextmanager
def elsewhere(folder: Path, first: Installation, **more: str) -> Iterator[Installation]:
    """Another machine without data that knows the first one's root key."""
    root = (first.data / "secrets" / "vault.secret").read_text()
    with databases(first.environment["ALLONCE_DATABASE_URL"]) as variables:
        yield Installation(folder, **variables, ALLONCE_VAULT_ROOT_KEY=root, **more)


LIFE = f"""{START}
from allonce.project.backup import back_up_data, back_up_keys, prune_keys
back_up_data(folder)
back_up_keys(folder)
for today in (46, 52, 53, 60):
    day(today)
    if today < 53:
        back_up_keys(folder)
    departure.advance_all()
    back_up_keys(folder)
    prune_keys(folder)
"""


def backups(place: Installation, kind: str) -> list[Path]:
    return sorted(place.folder.glob(f"{kind}-*"))


def live_through(place: Installation) -> tuple[Path, bytes]:
    """Sixty days in one go, keys backed up on nights that matter: the first backup, and the account's wrapped key."""
    wrapped = bytes.fromhex(place.python(FILL).split()[1])
    place.python(f"from pathlib import Path\nfolder = Path({str(place.folder)!r})\n{LIFE}")
    return backups(place, "data")[0], wrapped


def serve(place: Installation, entry: str) -> tuple[int, str]:
    """Start the web server's entry or the worker, as a service manager would."""
    command = ["-m", "allonce", "work"] if entry == "work" else ["-c", f"{PRELUDE}\nimport allonce.project.asgi"]
    done = subprocess.run(
        [sys.executable, *command],
        env=place.environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.returncode, done.stderr


@pytest.mark.promise("PRIV-60-DAYS")
def test_on_day_60_no_backup_opens_the_account_and_kept_papers_still_open(tmp_path: Path) -> None:
    with installed(tmp_path / "first") as place:
        old_data, wrapped = live_through(place)
        assert place.python(KEEPS).strip() == "kept"
        assert places_that_show_it(place) == []
        _no_key_remains(place, wrapped)
        for keys in backups(place, "keys"):
            with elsewhere(tmp_path / f"with-{keys.name}", place) as other:
                other.run("restore", "--from", str(old_data), "--keys", str(keys))
                assert other.python(OPENS).strip() == "shut", keys.name


def _no_key_remains(place: Installation, wrapped: bytes) -> None:
    if place.environment["ALLONCE_DATABASE_URL"]:
        return  # a server's files are not ours to read
    assert not [path.name for path in (place.data / "keys").iterdir() if wrapped in path.read_bytes()]


@pytest.mark.promise("PRIV-60-DAYS")
def test_a_backup_older_than_the_erasure_is_erased_again_when_restored(tmp_path: Path) -> None:
    with installed(tmp_path / "first") as place:
        place.python(FILL)
        place.run("backup", "--to", str(place.folder))
        [data], [keys] = backups(place, "data"), backups(place, "keys")
        place.python(END)
        ledger = str(place.data / "ledger" / "erasures.jsonl")
        with elsewhere(tmp_path / "second", place, ALLONCE_LEDGER_PATH=ledger) as other:
            other.run("restore", "--from", str(data), "--keys", str(keys))
            assert other.python(GONE).split() == ["0", "0", "1", "1"]
            assert other.python(f"{START}\nassert verify() is None\nprint('whole')").strip() == "whole"
            other.run("replay")


@pytest.mark.parametrize("entry", ["asgi", "work"])
def test_nothing_is_served_until_the_ledger_is_replayed(tmp_path: Path, entry: str) -> None:
    with installed(tmp_path / "first") as place:
        place.python(FILL + END.removeprefix(START))
        # As after putting an older database file in place by hand.
        place.python(f"{START}\nLedgerMark.objects.all().delete()")
        code, said = serve(place, entry)
        assert code == 78
        assert "allonce replay" in said
        assert "1 erasures were younger" in place.run("replay").stdout
        place.python("from allonce.kernel.privacy.retention.replaying import check_replayed\ncheck_replayed()")


def test_a_ledger_that_lost_lines_is_noticed_and_only_knowingly_passed(tmp_path: Path) -> None:
    with installed(tmp_path / "first") as place:
        place.python(FILL + END.removeprefix(START))
        (place.data / "ledger" / "erasures.jsonl").unlink()
        code, said = serve(place, "asgi")
        assert code == 78
        assert "lacks lines" in said
        assert place.run("replay", check=False).returncode == 1
        place.run("replay", "--ledger-lost")
        assert serve(place, "asgi")[0] == 0
