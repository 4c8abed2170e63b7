"""What must be kept is encrypted anew under a key of its own, which ends on its own day."""

from datetime import timedelta

import pytest

from allonce.kernel import clock, vault
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.clock import add_months, today
from allonce.kernel.privacy.retention import keeping
from allonce.kernel.privacy.retention.models import HeldRecord, KeptRecord, Shelf
from allonce.kernel.privacy.retention.services import holds
from allonce.kernel.privacy.retention.tests import scene
from allonce.kernel.vault import Scope, files
from allonce.kernel.vault.errors import KeyDestroyed
from allonce.kernel.vault.models import DataKey
from tests.probe.models import Invoice

pytestmark = pytest.mark.django_db


def account(who: Inhabitant) -> Scope:
    return Scope("account", who.account.id)


def test_a_kept_record_opens_after_its_owners_key_is_destroyed(olivia: Inhabitant) -> None:
    made = scene.invoice(olivia.account.id)
    keeping.keep_by_law(account(olivia))
    vault.destroy_key(account(olivia))
    kept = KeptRecord.objects.get()
    assert kept.facts["words"] == scene.CANARY
    assert "memo" not in kept.facts
    assert kept.shelf.until == add_months(made.issued_at.date(), 72)
    with pytest.raises(KeyDestroyed):
        _ = Invoice.objects.get().words


def test_its_key_is_destroyed_the_day_after_its_last(olivia: Inhabitant) -> None:
    scene.invoice(olivia.account.id)
    keeping.keep_by_law(account(olivia))
    shelf = Shelf.objects.get()
    with clock.travel(clock.now() + (shelf.until - today())):
        assert keeping.expire() == 0
    with clock.travel(clock.now() + (shelf.until - today()) + timedelta(days=1)):
        assert keeping.expire() == 1
        assert keeping.expire() == 0
    assert not KeptRecord.objects.exists()
    assert DataKey.objects.get(scope_kind="records").state == "destroyed"


def test_keeping_twice_makes_no_second_copy(olivia: Inhabitant) -> None:
    row = scene.invoice(olivia.account.id)
    until = today() + timedelta(days=30)
    keeping.keep([row], until, "for a test")
    row.words = "newer"
    row.save()
    [shelf] = keeping.keep([row], until, "for a test")
    assert KeptRecord.objects.get(shelf=shelf).facts["words"] == "newer"


def test_what_is_over_its_years_is_not_kept_again(olivia: Inhabitant) -> None:
    scene.invoice(olivia.account.id, age=6 * 366)
    keeping.keep_by_law(account(olivia))
    assert not KeptRecord.objects.exists()
    assert keeping.foreseen(account(olivia)) == []


def test_a_held_record_opens_until_the_hold_is_released(olivia: Inhabitant, sam: Inhabitant) -> None:
    row = scene.invoice(olivia.account.id)
    hold = scene.hold(sam, "", row.pk, "probe.Invoice")
    keeping.keep_held(account(olivia))
    vault.destroy_key(account(olivia))
    assert HeldRecord.objects.get().facts["memo"] == scene.CANARY
    assert keeping.expire() == 0
    holds.release(scene.as_staff(sam), hold.id)
    assert keeping.expire() == 1
    assert not HeldRecord.objects.exists()
    assert DataKey.objects.get(scope_kind="hold").state == "destroyed"


def test_a_hold_on_a_former_account_keeps_its_records_beyond_their_day(olivia: Inhabitant, sam: Inhabitant) -> None:
    row = scene.invoice(olivia.account.id)
    keeping.keep([row], today() + timedelta(days=3), "for a test")
    scene.hold(sam, "account", olivia.account.id)
    with clock.travel(clock.now() + timedelta(days=10)):
        assert keeping.expire() == 0
    assert KeptRecord.objects.exists()


def test_a_kept_file_lies_under_the_records_key(olivia: Inhabitant) -> None:
    row = scene.invoice(olivia.account.id)
    ref = files.save(account(olivia), row.pk, "invoice.pdf", b"words")
    [shelf] = keeping.keep([row], today() + timedelta(days=3), "for a test")
    kept = keeping.keep_file(shelf, ref)
    vault.destroy_key(account(olivia))
    assert files.read(kept) == b"words"
    with clock.travel(clock.now() + timedelta(days=5)):
        keeping.expire()
    assert not files.has_files(kept.scope)


def test_what_will_be_kept_is_told_beforehand(olivia: Inhabitant) -> None:
    scene.invoice(olivia.account.id)
    newest = scene.invoice(olivia.account.id, age=1)
    [line] = keeping.foreseen(account(olivia))
    assert (line.source, line.count) == ("probe.Invoice", 2)
    assert line.until == add_months(newest.issued_at.date(), 72)
    assert "six years" in line.reason
    assert "invoice" in olivia.client.get("/account/end/").content.decode()
