"""The ledger: what moves sums to zero, nothing falls below zero, and every key counts once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from allonce.kernel.accounts.mandates import NoMandate
from allonce.kernel.accounts.models import Person
from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.billing import credits as ledger
from allonce.kernel.billing.credits import holds, moving, statement
from allonce.kernel.billing.errors import HoldOver, HoldSettled, KeyReused, NotEnoughCredits
from allonce.kernel.billing.models import LedgerAccount, Movement, Posting
from allonce.kernel.billing.tests.wares import CROWNS
from allonce.kernel.casework.kinds import Action, CaseKind, Subject
from allonce.kernel.casework.services import deciding, opening, working
from allonce.kernel.clock import now, travel
from allonce.kernel.vault import Scope

pytestmark = pytest.mark.django_db


def has(owner: Scope) -> int:
    return ledger.balance(owner, CROWNS)


def give(owner: Scope, amount: int, key: str = "") -> None:
    ledger.grant(owner, CROWNS, amount, key=key or f"gift:{uuid4()}", reason="welcome")


def account(owner: Scope) -> LedgerAccount:
    return LedgerAccount.objects.get(scope_id=owner.id)


def test_a_welcome_is_given_once_for_its_key(owner: Scope) -> None:
    give(owner, 3, "welcome:1")
    give(owner, 3, "welcome:1")
    assert has(owner) == 3
    with pytest.raises(KeyReused):
        give(owner, 2, "welcome:1")
    assert has(owner) == 3


def test_another_owner_cannot_use_a_key_again(owner: Scope) -> None:
    give(owner, 3, "welcome:1")
    with pytest.raises(KeyReused):
        give(Scope("person", people.person("ben@dater.example").id), 3, "welcome:1")


def test_spending_more_than_there_is_moves_nothing(owner: Scope) -> None:
    give(owner, 1)
    with pytest.raises(NotEnoughCredits):
        ledger.spend(owner, CROWNS, 2, key="s:1", reason="test.message")
    assert has(owner) == 1
    assert not Movement.objects.filter(key="s:1").exists()
    give(owner, 1)
    ledger.spend(owner, CROWNS, 2, key="s:1", reason="test.message")
    assert has(owner) == 0


def test_a_movement_that_nobody_could_explain_is_refused(owner: Scope) -> None:
    with pytest.raises(ValueError, match="no words"):
        ledger.grant(owner, CROWNS, 1, key="g", reason="made.up")


@pytest.mark.parametrize("amount", [0, -1])
def test_less_than_one_credit_does_not_move(owner: Scope, amount: int) -> None:
    with pytest.raises(ValueError, match="whole numbers"):
        ledger.grant(owner, CROWNS, amount, key="g", reason="welcome")
    with pytest.raises(ValueError, match="whole numbers"):
        ledger.hold(owner, CROWNS, amount, key="h", until=now(), reason="test.instant")


def test_the_database_refuses_a_balance_below_zero(owner: Scope) -> None:
    give(owner, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        LedgerAccount.objects.update(balance=-1)
    with pytest.raises(IntegrityError), transaction.atomic():
        LedgerAccount.objects.update(owed=-1)


def test_what_is_set_aside_is_used_or_comes_back_and_not_both(owner: Scope) -> None:
    give(owner, 2)
    until = now() + timedelta(minutes=10)
    used = ledger.hold(owner, CROWNS, 1, key="a", until=until, reason="test.instant")
    back = ledger.hold(owner, CROWNS, 1, key="b", until=until, reason="test.instant")
    assert has(owner) == 0
    assert ledger.hold(owner, CROWNS, 1, key="a", until=until, reason="test.instant") == used
    ledger.capture(used.pk)
    ledger.capture(used.pk)
    ledger.release(back.pk)
    ledger.release(back.pk)
    assert has(owner) == 1
    with pytest.raises(HoldSettled):
        ledger.release(used.pk)
    with pytest.raises(HoldSettled):
        ledger.capture(back.pk)
    assert ledger.check() == []


def test_what_is_set_aside_for_too_long_comes_back_by_itself_and_cannot_be_used(owner: Scope) -> None:
    give(owner, 1)
    hold = ledger.hold(owner, CROWNS, 1, key="a", until=now() + timedelta(minutes=10), reason="test.instant")
    assert holds.release_due() == 0
    with travel(now() + timedelta(minutes=11)):
        with pytest.raises(HoldOver):
            ledger.capture(hold.pk)
        assert holds.release_due() == 1
        assert holds.release_due() == 0
    assert has(owner) == 1


def test_a_refund_after_spending_leaves_zero_and_a_debt_that_the_next_purchase_makes_good(owner: Scope) -> None:
    moving.sell(owner, CROWNS, 10, key="p:1", about="")
    ledger.spend(owner, CROWNS, 8, key="s:1", reason="test.message")
    moving.take_back(owner, CROWNS, 10, key="r:1", about="")
    assert (has(owner), ledger.owed(owner, CROWNS)) == (0, 8)
    moving.sell(owner, CROWNS, 3, key="p:2", about="")
    assert (has(owner), ledger.owed(owner, CROWNS)) == (0, 5)
    moving.sell(owner, CROWNS, 10, key="p:3", about="")
    assert (has(owner), ledger.owed(owner, CROWNS)) == (5, 0)
    assert ledger.check() == []


def test_a_gift_is_not_kept_back_for_a_debt_and_a_hold_that_comes_back_is(owner: Scope) -> None:
    moving.sell(owner, CROWNS, 3, key="p:1", about="")
    hold = ledger.hold(owner, CROWNS, 3, key="h", until=now() + timedelta(hours=1), reason="test.instant")
    moving.take_back(owner, CROWNS, 3, key="r:1", about="")
    give(owner, 2)
    assert (has(owner), ledger.owed(owner, CROWNS)) == (2, 3)
    ledger.release(hold.pk)
    assert (has(owner), ledger.owed(owner, CROWNS)) == (2, 0)


def test_every_movement_is_explained_with_the_balance_after_it(owner: Scope) -> None:
    give(owner, 3)
    ledger.spend(owner, CROWNS, 1, key="s:1", reason="test.message")
    moving.sell(owner, CROWNS, 10, key="p:1", about="")
    shown = list(statement.movements(owner, CROWNS))
    lines = [(str(line.says), line.amount, line.balance) for line in statement.lines(account(owner), shown)]
    assert lines == [("You bought a pack", 10, 12), ("For test.message", -1, 2), ("A welcome", 3, 3)]
    older = list(statement.lines(account(owner), shown[1:]))
    assert [line.balance for line in older] == [2, 3]


@pytest.mark.parametrize(
    ("harm", "what"),
    [
        (lambda: Posting.objects.filter(side="spent").update(amount=2), "legs"),
        (lambda: LedgerAccount.objects.update(balance=9), "account"),
        (lambda: Movement.objects.filter(kind="spend").update(amount=-3), "amount"),
        (lambda: Posting.objects.filter(side="spent").delete(), "legs"),
    ],
)
def test_the_check_finds_what_was_tampered_with(owner: Scope, harm: Callable[[], object], what: str) -> None:
    give(owner, 3)
    ledger.spend(owner, CROWNS, 1, key="s:1", reason="test.message")
    assert ledger.check() == []
    harm()
    assert what in {fault.what for fault in ledger.check()}


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["grant", "sell", "spend", "hold", "capture", "release", "refund", "again", "time"]),
        st.integers(min_value=1, max_value=6),
        st.integers(min_value=0, max_value=5),
    ),
    max_size=40,
)


@given(steps=STEPS)
def test_whatever_happens_in_whatever_order_the_ledger_balances(steps: list[tuple[str, int, int]]) -> None:
    with transaction.atomic():
        _run(steps)
        transaction.set_rollback(True)


@dataclass
class Plain:
    """A model in plain numbers: what an owner has, owes and has set aside."""

    owner: Scope = field(default_factory=lambda: Scope("person", uuid4()))
    free: int = 0
    debt: int = 0
    aside: dict[UUID, tuple[int, datetime]] = field(default_factory=dict)
    moment: datetime = field(default_factory=now)
    done: list[Callable[[], object]] = field(default_factory=list)

    def do(self, act: Callable[..., Any], *args: Any, **named: Any) -> Any:
        """Do it, and remember how to do it once more."""
        made = act(*args, **named)
        self.done.append(partial(act, *args, **named))
        return made

    def time(self, _key: str, amount: int, _pick: int) -> None:
        self.moment += timedelta(minutes=amount)

    def grant(self, key: str, amount: int, _pick: int) -> None:
        self.do(ledger.grant, self.owner, CROWNS, amount, key=key, reason="loyalty")
        self.free += amount

    def sell(self, key: str, amount: int, _pick: int) -> None:
        self.do(moving.sell, self.owner, CROWNS, amount, key=key, about="")
        self._comes(amount)

    def refund(self, key: str, amount: int, _pick: int) -> None:
        self.do(moving.take_back, self.owner, CROWNS, amount, key=key, about="")
        there = min(self.free, amount)
        self.free, self.debt = self.free - there, self.debt + amount - there

    def spend(self, key: str, amount: int, _pick: int) -> None:
        if amount > self.free:
            with pytest.raises(NotEnoughCredits):
                ledger.spend(self.owner, CROWNS, amount, key=key, reason="test.message")
            return
        self.do(ledger.spend, self.owner, CROWNS, amount, key=key, reason="test.message")
        self.free -= amount

    def hold(self, key: str, amount: int, _pick: int) -> None:
        if amount <= self.free:
            until = self.moment + timedelta(minutes=3)
            made = self.do(ledger.hold, self.owner, CROWNS, amount, key=key, until=until, reason="test.instant")
            self.aside[made.pk] = (amount, until)
            self.free -= amount

    def capture(self, _key: str, _amount: int, pick: int) -> None:
        chosen = self._picked(pick)
        if chosen and self.aside[chosen][1] > self.moment:
            self.do(ledger.capture, chosen)
            del self.aside[chosen]

    def release(self, _key: str, _amount: int, pick: int) -> None:
        if chosen := self._picked(pick):
            self.do(ledger.release, chosen)
            self._comes(self.aside.pop(chosen)[0])

    def again(self, _key: str, _amount: int, _pick: int) -> None:
        """Everything that was done once more with its own keys: nothing may move."""
        before = Movement.objects.count()
        for repeat in self.done:
            repeat()
        assert Movement.objects.count() == before

    def _comes(self, amount: int) -> None:
        kept = min(self.debt, amount)
        self.free, self.debt = self.free + amount - kept, self.debt - kept

    def _picked(self, pick: int) -> UUID | None:
        return list(self.aside)[pick] if len(self.aside) > pick else None


def _run(steps: list[tuple[str, int, int]]) -> None:
    """The ledger and the plain model take the same steps, and agree after each."""
    plain = Plain()
    for number, (what, amount, pick) in enumerate(steps):
        with travel(plain.moment):
            getattr(plain, what)(f"{plain.owner.id}:{number}", amount, pick)
        assert (has(plain.owner), ledger.owed(plain.owner, CROWNS)) == (plain.free, plain.debt)
    assert ledger.check() == []


def _kind(owner: Scope) -> CaseKind:
    return CaseKind(
        "probe.breach",
        "Breach",
        duty="moderation",
        rule="Rule 1.",
        actions=(
            Action(
                "end",
                "End",
                "Your agreement is ended.",
                effect=lambda mandate, _about: void(ledger.forfeit(mandate, owner, CROWNS)),
                undo=lambda mandate, _about: void(ledger.restore(mandate, owner, CROWNS)),
            ),
        ),
    )


def void(_done: object) -> None:
    """An effect returns nothing."""


@pytest.fixture
def sam(db: None) -> Inhabitant:
    return people.staff()


def test_on_termination_for_breach_a_person_takes_all_and_an_upheld_appeal_gives_it_back(
    owner: Scope, rosa: Person, sam: Inhabitant
) -> None:
    from allonce.kernel.casework import kinds
    from allonce.kernel.casework.models import Case
    from allonce.kernel.casework.tests import scene

    kinds.register_kind(_kind(owner))
    try:
        give(owner, 5)
        ledger.hold(owner, CROWNS, 2, key="h", until=now() + timedelta(hours=1), reason="test.instant")
        number = opening.by_detector("probe", "probe.breach", Subject(person_id=rosa.id), [])
        case = Case.objects.get(pk=number)
        with people.at_the_console(sam) as access:
            working.open_with_reason(access, case.pk, scene.WHY_OPEN)
        with people.at_the_console(sam) as access:
            decision = deciding.decide(access, case.pk, scene.choice(case, "end"))
        assert has(owner) == 0
        lost = Movement.objects.get(kind=Movement.Kind.FORFEIT)
        assert (lost.amount, Posting.objects.get(movement=lost, side="expired").amount) == (-5, 5)
        from allonce.kernel.casework.services import appealing

        appealing.file(decision, "I did nothing of the kind that evening.", by=rosa)
        kim = people.fellow(sam, "moderation")
        scene.answered(kim, case, upheld=True)
        assert has(owner) == 5
        assert ledger.check() == []
    finally:
        del kinds._kinds["probe.breach"]


def test_without_a_persons_decision_nothing_is_lost(owner: Scope, sam: Inhabitant) -> None:
    from allonce.kernel.accounts import mandates

    give(owner, 5)
    with people.at_the_console(sam) as access, mandates.given_by(access, "moderation", "casework.Case:1") as mandate:
        pass
    with pytest.raises(NoMandate):
        ledger.forfeit(mandate, owner, CROWNS)
    assert has(owner) == 5
