"""A database that forgot an erasure is noticed, and the erasure is done again."""

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from allonce.kernel.accounts.models import Account
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.privacy import ledger, ports
from allonce.kernel.privacy.retention import replaying
from allonce.kernel.privacy.retention.models import KeptRecord, LedgerMark
from allonce.kernel.privacy.retention.owners import rows_of, tables_of_accounts
from allonce.kernel.privacy.retention.tests import scene
from allonce.kernel.vault import Scope
from allonce.kernel.vault.models import DataKey

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_ledger(settings: Settings, tmp_path: Path) -> None:
    settings.LEDGER_PATH = tmp_path / "erasures.jsonl"


def test_a_line_written_here_is_known_here(olivia: Inhabitant, ben: Inhabitant) -> None:
    replaying.check_replayed()
    for who in (olivia, ben):
        ledger.note_erasure(Scope("account", who.account.id))
        replaying.check_replayed()
    assert LedgerMark.objects.get().lines == 2


def test_a_line_whose_mark_was_lost_in_a_crash_is_marked_when_it_is_noted_again(olivia: Inhabitant) -> None:
    scope = Scope("account", olivia.account.id)
    ledger.note_erasure(scope)
    LedgerMark.objects.update(lines=0, seal="")
    with pytest.raises(replaying.NotReplayed):
        replaying.check_replayed()
    ledger.note_erasure(scope)
    replaying.check_replayed()


@pytest.mark.promise("PRIV-60-DAYS")
def test_an_account_that_came_back_with_a_backup_is_erased_again(olivia: Inhabitant, ben: Inhabitant) -> None:
    scope = Scope("account", olivia.account.id)
    scene.invoice(scope.id)
    ledger.note_erasure(scope)
    LedgerMark.objects.all().delete()
    assert replaying.replay() == 1
    assert not any(rows_of(scope, model).exists() for model in tables_of_accounts())
    assert not DataKey.objects.filter(scope_id=scope.id).exclude(state="destroyed").exists()
    assert Account.objects.get().pk == ben.account.pk
    replaying.check_replayed()
    assert replaying.replay() == 0


def test_a_gap_before_a_new_line_stays_a_gap(olivia: Inhabitant, ben: Inhabitant) -> None:
    ledger.note_erasure(Scope("account", olivia.account.id))
    LedgerMark.objects.all().delete()
    ledger.note_erasure(Scope("account", ben.account.id))
    with pytest.raises(replaying.NotReplayed, match="2 erasures"):
        replaying.check_replayed()


def test_an_account_ends_through_the_port_once(olivia: Inhabitant) -> None:
    ender = ports.account_ender()
    assert ender is not None
    assert not ender.is_ending(olivia.account.id)
    actor = scene.as_owner(olivia).actor
    assert ender.end(olivia.account.id, actor) == ender.end(olivia.account.id, actor)
    assert ender.is_ending(olivia.account.id)


def test_the_keeper_behind_the_port_keeps(olivia: Inhabitant) -> None:
    row = scene.invoice(olivia.account.id)
    keeper = ports.keeper()
    assert keeper is not None
    keeper.keep([row], row.issued_at.date(), "for a test")
    assert KeptRecord.objects.get().facts["memo"] == scene.CANARY
