"""An agreement ends: access at once, the key on day 53, everything on day 60, whatever is killed in between."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from allonce.kernel import audit, clock, post
from allonce.kernel.accounts import entitlements
from allonce.kernel.accounts.devices.tests.scene import make_shop, registered_phone
from allonce.kernel.accounts.models import Account, Membership, Person
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.clock import add_months, today
from allonce.kernel.notices.models import Notice
from allonce.kernel.post.models import OutboxMail
from allonce.kernel.privacy import ledger
from allonce.kernel.privacy.retention import departure, evidence, keeping, letters
from allonce.kernel.privacy.retention.models import AccountEnding, HeldRecord, KeptRecord
from allonce.kernel.privacy.retention.owners import rows_of, tables_of_accounts
from allonce.kernel.privacy.retention.services import endings, holds
from allonce.kernel.privacy.retention.tests import scene
from allonce.kernel.vault import Scope, files
from allonce.kernel.vault.errors import KeyDestroyed
from allonce.kernel.vault.models import DataKey
from tests.probe.models import Letter

pytestmark = pytest.mark.django_db
STEPS = ["keep_by_law", "keep_held", "farewell", "note_erasure", "destroy_key", "remove_everything", "say_farewell"]


@pytest.fixture(autouse=True)
def _own_ledger(settings: Settings, tmp_path: Any) -> None:
    settings.LEDGER_PATH = tmp_path / "erasures.jsonl"
    # Django dates its browser sessions by the machine's clock, which does not travel.
    settings.SESSION_COOKIE_AGE = int(timedelta(days=100).total_seconds())


def end(who: Inhabitant) -> AccountEnding:
    return endings.end_by_owner(scene.as_owner(who), who.account.name)


def on_day(day: int) -> Any:
    return clock.travel(clock.now() + timedelta(days=day))


def advance(day: int) -> None:
    with on_day(day):
        departure.advance_all()


def fill(who: Inhabitant) -> Scope:
    scope = Scope("account", who.account.id)
    Letter.objects.create(account_id=who.account.id, subject=scene.CANARY)
    scene.invoice(who.account.id)
    files.save(scope, who.account.id, "plan.pdf", b"words")
    post.send(post.Mail(scope, "tests.letter", "mary@example.com", "Hello", "Hello"))
    return scope


def left_of(scope: Scope) -> dict[str, int]:
    counts = {model._meta.label: rows_of(scope, model).count() for model in tables_of_accounts()}
    return {label: count for label, count in counts.items() if count}


def told(person: Person) -> list[str]:
    return [each.words["subject"] for each in Notice.objects.filter(person=person).order_by("created_at")]


@pytest.mark.promise("PRIV-60-DAYS")
def test_access_ends_at_once_and_owners_still_read(olivia: Inhabitant) -> None:
    entitlements.grant(olivia.account.id, "field", add_months(today(), 6), actor=scene.as_owner(olivia).actor)
    office = people.colleague(olivia, Role.OFFICE)
    assert office.client.get("/account/").status_code == 200
    answer = olivia.client.post("/account/end/", {"name": "harbour  blinds"})
    assert answer.status_code == 302
    assert not entitlements.allows(olivia.account.id, "field")
    assert olivia.client.get("/account/").status_code == 200
    assert olivia.client.post("/account/details/", {"name": "Other"}).status_code == 403
    assert office.client.get("/account/").status_code == 403
    assert told(olivia.person) == ["Your agreement has ended"]
    assert told(office.person) == ["An account you work in has ended"]


@pytest.mark.promise("PRIV-60-DAYS")
def test_phones_are_refused_with_the_reason() -> None:
    shop = make_shop("hello@harbour.example")
    phone = registered_phone(shop)
    endings.end_by_staff(scene.as_staff(people.staff()), shop.account.id)
    answer = phone.get("/sync")
    assert (answer.status_code, answer.json()["code"]) == (403, "account_ended")


def test_another_name_ends_nothing(olivia: Inhabitant) -> None:
    assert olivia.client.post("/account/end/", {"name": "Bayside Blinds"}).status_code == 422
    assert not AccountEnding.objects.exists()


def test_only_owners_end_an_account(olivia: Inhabitant) -> None:
    office = people.colleague(olivia, Role.OFFICE)
    assert office.client.get("/account/end/").status_code == 404
    assert office.client.post("/account/end/", {"name": "Harbour Blinds"}).status_code == 404
    assert office.client.post("/account/end/undo/").status_code == 404


def test_it_can_be_taken_back_until_day_53(olivia: Inhabitant) -> None:
    until = add_months(today(), 6)
    entitlements.grant(olivia.account.id, "field", until, actor=scene.as_owner(olivia).actor)
    end(olivia)
    with on_day(52):
        departure.advance_all()
        assert people.browser_of(olivia.person).post("/account/end/undo/").status_code == 302
        assert entitlements.standing(olivia.account.id).get().until == until
        assert people.browser_of(olivia.person).get("/account/").status_code == 200
    advance(80)
    assert Account.objects.filter(pk=olivia.account.id).exists()
    end(olivia)
    with on_day(53), pytest.raises(endings.TooLate):
        endings.undo(scene.as_owner(olivia))


def test_ending_twice_is_ending_once(olivia: Inhabitant) -> None:
    assert end(olivia) == end(olivia)
    assert len(told(olivia.person)) == 1


@pytest.mark.promise("PRIV-60-DAYS")
def test_the_key_goes_on_day_53_and_everything_on_day_60(olivia: Inhabitant, ben: Inhabitant) -> None:
    scope, other = fill(olivia), fill(ben)
    end(olivia)
    advance(46)
    assert told(olivia.person)[-1] == "Fourteen days until all is deleted"
    advance(52)
    assert Letter.objects.filter(account_id=scope.id).get().subject == scene.CANARY
    advance(53)
    assert not DataKey.objects.filter(scope_id=scope.id).exclude(state="destroyed").exists()
    with pytest.raises(KeyDestroyed):
        _ = Letter.objects.filter(account_id=scope.id).get().subject
    advance(60)
    assert left_of(scope) == {}
    assert not files.has_files(scope)
    assert {each.scope_id for each in OutboxMail.objects.filter(scope_kind="account")} == {other.id}
    assert left_of(other)
    assert Letter.objects.get().subject == scene.CANARY
    assert [line.mark for line in ledger.lines()] == [ledger.mark_of(scope)]
    assert told(olivia.person)[-1] == "Your account is deleted"
    assert Person.objects.filter(pk=olivia.person.pk).exists()
    assert audit.verify() is None
    assert evidence.of_endings().holds


@pytest.mark.promise("PRIV-60-DAYS")
def test_kept_papers_and_a_held_record_remain_and_are_listed(olivia: Inhabitant, sam: Inhabitant) -> None:
    scope = fill(olivia)
    held = Letter.objects.get()
    scene.hold(sam, "", held.pk, "probe.Letter")
    end(olivia)
    advance(60)
    assert KeptRecord.objects.get().facts["words"] == scene.CANARY
    assert HeldRecord.objects.get().facts["subject"] == scene.CANARY
    assert left_of(scope) == {}
    told = Notice.objects.filter(person=olivia.person)
    said = " ".join(paragraph for notice in told for paragraph in notice.words["paragraphs"])
    assert "invoice (1): kept" in said
    assert "legal hold" in said
    assert "Harbour Blinds" in said


@pytest.mark.promise("PRIV-RETENTION")
def test_a_hold_on_the_account_stops_its_end_visibly(olivia: Inhabitant, sam: Inhabitant) -> None:
    scope = fill(olivia)
    hold = scene.hold(sam, "account", scope.id)
    end(olivia)
    advance(61)
    assert Letter.objects.get().subject == scene.CANARY
    with on_day(61):
        page = people.browser_of(sam.person).get("/operator/retention/").content.decode()
        [line] = [each for each in page.split("<tr>") if f"<code>{scope.id}</code>" in each and "All removed" in each]
        assert '<span class="status-word warn">Held</span>' in line
        assert evidence.of_endings().holds
        holds.release(scene.as_staff(sam), hold.id)
    advance(61)
    assert left_of(scope) == {}


@pytest.mark.promise("PRIV-RETENTION")
def test_the_page_of_the_end_tells_what_stops_it_from_what_a_hold_keeps(olivia: Inhabitant, sam: Inhabitant) -> None:
    scope = fill(olivia)
    stops, keeps = "A hold stops the end at the day of the key", "Some records are held, and do not stop the end"
    scene.hold(sam, "", Letter.objects.get().pk, "probe.Letter")
    page = olivia.client.get("/account/end/").content.decode()
    assert keeps in page
    assert stops not in page
    scene.hold(sam, "account", scope.id)
    page = olivia.client.get("/account/end/").content.decode()
    assert keeps in page
    assert stops in page


@pytest.fixture(params=STEPS)
def killed_at(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.promise("PRIV-60-DAYS")
def test_killed_at_any_step_it_goes_on_and_ends_the_same(
    olivia: Inhabitant, sam: Inhabitant, killed_at: str, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    scope = fill(olivia)
    scene.hold(sam, "", Letter.objects.get().pk, "probe.Letter")
    end(olivia)
    place = _place_of(killed_at)
    real = getattr(place, killed_at)

    def killed(*given: Any, **named: Any) -> None:
        if moment == "after":
            real(*given, **named)
        raise KeyboardInterrupt

    for day in (53, 60):
        with monkeypatch.context() as patched:
            patched.setattr(place, killed_at, killed)
            with on_day(day), suppress(KeyboardInterrupt):
                departure.advance_all()
        advance(day)
    assert left_of(scope) == {}
    assert not files.has_files(scope)
    assert (KeptRecord.objects.count(), HeldRecord.objects.count(), len(ledger.lines())) == (1, 1, 1)
    assert told(olivia.person).count("Your account is deleted") == 1
    assert not DataKey.objects.filter(scope_id=scope.id).exclude(state="destroyed").exists()


def _place_of(step: str) -> Any:
    if step.startswith("keep_"):
        return keeping
    if step.endswith("farewell"):
        return letters
    return ledger if step == "note_erasure" else departure


def test_one_account_that_is_stuck_does_not_keep_another(
    olivia: Inhabitant, ben: Inhabitant, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = fill(olivia), fill(ben)
    end(olivia)
    end(ben)
    real = departure.destroy

    def stuck(ending: AccountEnding) -> None:
        if ending.ended_id == first.id:
            raise RuntimeError("no")
        real(ending)

    monkeypatch.setattr(departure, "destroy", stuck)
    with on_day(60), pytest.raises(RuntimeError):
        departure.advance_all()
    assert left_of(first)
    assert left_of(second) == {}


def test_nobody_meets_an_account_whose_key_is_gone(olivia: Inhabitant, sam: Inhabitant) -> None:
    scope = fill(olivia)
    end(olivia)
    advance(53)
    assert not Membership.objects.filter(account_id=scope.id).exists()
    with on_day(54):
        page = people.browser_of(olivia.person).get("/account/").content.decode()
        assert "You belong to no account" in page
        assert 'href="/me/data/"' in page
        assert olivia.account.name not in page
        assert people.browser_of(olivia.person).get("/account/people/").status_code == 404
        console = people.browser_of(sam.person)
        assert console.get("/operator/").status_code == 200
        assert console.get(f"/operator/accounts/{scope.id}/").status_code == 404
        assert console.get("/operator/retention/").status_code == 200


def test_evidence_tells_of_an_account_that_is_late(olivia: Inhabitant) -> None:
    end(olivia)
    with on_day(61):
        assert evidence.of_endings().holds is False
    advance(61)
    with on_day(61):
        assert evidence.of_endings().holds is True
