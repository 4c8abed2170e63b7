"""Rows go when their rule says so: exactly what the dry run listed, and nothing that a hold covers."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.core.serializers.json import DjangoJSONEncoder
from hypothesis import given
from hypothesis import strategies as st

from allonce.kernel import clock
from allonce.kernel.accounts.devices.tests.scene import make_shop, registered_phone
from allonce.kernel.accounts.models import Device, SignInSession
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.clock import add_months
from allonce.kernel.declarations import RETENTION
from allonce.kernel.privacy.ports import holds_on
from allonce.kernel.privacy.retention import sweeping
from allonce.kernel.privacy.retention.models import SweepCount, SweepRun
from allonce.kernel.privacy.retention.rules import Rule, ends_on, latest_start, rules
from allonce.kernel.privacy.retention.services import holds
from allonce.kernel.privacy.retention.tests import scene
from allonce.kernel.vault import Scope
from tests.probe.models import Invoice, Remark, Visit

pytestmark = pytest.mark.django_db
RULES = {(rule.table, rule.retention, rule.action) for rule in rules()}


def swept() -> dict[tuple[str, str, str], tuple[int, int]]:
    run = sweeping.sweep(pause=False)
    counts = SweepCount.objects.filter(run=run).exclude(rows=0, held=0)
    return {(each.table, each.rule, each.action): (each.rows, each.held) for each in counts}


@pytest.mark.promise("PRIV-RETENTION")
def test_the_sweep_takes_exactly_what_the_dry_run_lists(olivia: Inhabitant, ben: Inhabitant, sam: Inhabitant) -> None:
    stays, due = scene.visit(olivia, 364), scene.visit(olivia, 366)
    Remark.objects.create(visit=due)
    held = scene.visit(ben, 800)
    scene.hold(sam, "person", ben.person.id)
    listed = scene.foreseen()
    assert listed == {
        ("probe.Visit", "days_30", "null"): (2, 1),
        ("probe.Visit", "year_1", "delete"): (1, 1),
    }
    assert Visit.objects.count() == 3
    done = swept()
    assert done.pop(("probe.Remark", "year_1", "follow")) == (1, 0)
    assert done == listed
    assert set(Visit.objects.values_list("pk", flat=True)) == {stays.pk, held.pk}
    assert Visit.objects.get(pk=stays.pk).address is None
    assert Visit.objects.get(pk=held.pk).address == scene.CANARY
    assert swept() == dict.fromkeys(listed, (0, 1))


@pytest.mark.promise("PRIV-RETENTION")
def test_the_record_of_a_sweep_holds_no_personal_data(olivia: Inhabitant) -> None:
    due = scene.visit(olivia, 400)
    sweeping.sweep(pause=False)
    rows = [*SweepRun.objects.values(), *SweepCount.objects.values()]
    written = json.dumps(rows, cls=DjangoJSONEncoder)
    assert "probe.Visit" in written
    for secret in (scene.CANARY, str(due.pk), due.pk.hex, str(olivia.person.id), olivia.person.id.hex):
        assert secret not in written


@pytest.mark.promise("PRIV-RETENTION")
@pytest.mark.parametrize("covers", ["person", "row", "child"])
def test_a_hold_keeps_rows_from_the_sweep_until_it_is_released(
    olivia: Inhabitant, sam: Inhabitant, covers: str
) -> None:
    due = scene.visit(olivia, 400)
    remark = Remark.objects.create(visit=due)
    what = {
        "person": ("person", olivia.person.id, ""),
        "row": ("", due.pk, "probe.Visit"),
        "child": ("", remark.pk, "probe.Remark"),
    }
    placed = scene.hold(sam, *what[covers])
    swept()
    assert Visit.objects.filter(pk=due.pk).exists()
    holds.release(scene.as_staff(sam), placed.id)
    swept()
    assert not Visit.objects.exists()


def test_a_hold_on_an_account_covers_rows_that_hang_on_it(olivia: Inhabitant, sam: Inhabitant) -> None:
    scene.invoice(olivia.account.id, age=2200)
    scene.hold(sam, "account", olivia.account.id)
    swept()
    assert Invoice.objects.count() == 1


def test_what_the_law_keeps_goes_when_its_years_are_over(olivia: Inhabitant) -> None:
    scene.invoice(olivia.account.id, age=6 * 365)
    old = scene.invoice(olivia.account.id, age=6 * 366)
    swept()
    assert old.pk not in set(Invoice.objects.values_list("pk", flat=True))
    assert Invoice.objects.count() == 1


def test_a_sweep_cut_short_goes_on_and_counts_each_row_once(
    olivia: Inhabitant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "SMALLEST_STEP", 2)
    monkeypatch.setattr(sweeping, "LOOKED_UP", 4)
    for _ in range(7):
        scene.visit(olivia, 400)

    def stop(_seconds: float) -> None:
        if Visit.objects.count() < 6:
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(sweeping, "_let_others_write", stop)
        with pytest.raises(KeyboardInterrupt):
            sweeping.sweep()
    assert 0 < Visit.objects.count() < 7
    sweeping.sweep(pause=False)
    assert Visit.objects.count() == 0
    assert SweepRun.objects.count() == 1
    assert SweepCount.objects.get(table="probe.Visit", action="delete").rows == 7


def test_a_row_touched_meanwhile_stays(olivia: Inhabitant, monkeypatch: pytest.MonkeyPatch) -> None:
    due = scene.visit(olivia, 400)
    take = sweeping._take

    def touched_first(run: SweepRun, rule: Rule, ids: list[object]) -> None:
        Visit.objects.filter(pk=due.pk).update(at=clock.now())
        take(run, rule, ids)

    monkeypatch.setattr(sweeping, "_take", touched_first)
    sweeping.sweep(pause=False)
    assert Visit.objects.filter(pk=due.pk).exists()


def test_the_command_lists_counts_and_no_values(olivia: Inhabitant, capsys: pytest.CaptureFixture[str]) -> None:
    scene.visit(olivia, 400)
    call_command("retention", "--dry-run")
    said = capsys.readouterr().out
    assert "probe.Visit  year_1  delete  1 would go" in said
    assert scene.CANARY not in said
    assert Visit.objects.count() == 1
    call_command("retention")
    assert "probe.Visit  year_1  delete  1 gone" in capsys.readouterr().out
    assert not Visit.objects.exists()


def test_a_phone_unregistered_long_ago_keeps_only_its_mark(db: None) -> None:
    phone = registered_phone(make_shop("hello@harbour.example"))
    Device.objects.update(state="unregistered", unregistered_at=scene.days_ago(91))
    sweeping.sweep(pause=False)
    device = Device.objects.get()
    assert (device.name, device.seal_key, device.fingerprint, device.last_seen_at) == (None, None, None, None)
    assert device.mark
    assert phone.get("/sync").json()["code"] == "device_unregistered"


def test_browsers_not_seen_for_two_weeks_are_forgotten(olivia: Inhabitant) -> None:
    with clock.travel(clock.now() + timedelta(days=13)):
        sweeping.sweep(pause=False)
        assert SignInSession.objects.exists()
    with clock.travel(clock.now() + timedelta(days=15)):
        sweeping.sweep(pause=False)
        assert not SignInSession.objects.exists()


@pytest.mark.parametrize(
    "rule",
    [
        ("accounts.MailedToken", "mailed_link", "delete"),
        ("accounts.SignUpRequest", "mailed_link", "delete"),
        ("accounts.Invitation", "days_30", "delete"),
        ("accounts.RegistrationRequest", "days_30", "delete"),
        ("post.PersonContent", "days_7", "delete"),
        ("notices.Notice", "year_1", "delete"),
        ("quoting.Delivery", "days_90", "delete"),
    ],
)
def test_every_rule_that_counts_from_a_row_is_enforced(rule: tuple[str, str, str]) -> None:
    assert rule in RULES


@given(
    start=st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    today=st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    name=st.sampled_from(["days_30", "year_1", "years_6", "days_7"]),
)
def test_what_is_over_is_what_began_early_enough(start: date, today: date, name: str) -> None:
    noon = datetime(today.year, today.month, today.day, 12, tzinfo=UTC)
    began = datetime(start.year, start.month, start.day, 12, tzinfo=UTC)
    assert (began <= latest_start(RETENTION[name], noon)) == (ends_on(RETENTION[name], start) <= today)


def test_a_month_from_31_january_ends_with_february() -> None:
    rule = RETENTION["days_30"].__class__("for a month", "created", months=1)
    assert latest_start(rule, datetime(2026, 2, 28, 9, tzinfo=UTC)).date() == date(2026, 1, 31)
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)


def test_people_are_told_of_a_hold_through_the_port(olivia: Inhabitant, sam: Inhabitant) -> None:
    assert holds_on(Scope("person", olivia.person.id)) == []
    scene.hold(sam, "person", olivia.person.id)
    [hold] = holds_on(Scope("person", olivia.person.id))
    assert hold.reason == "A court has asked for this."
