"""What a member pays with: Crowns, or VIP where it covers the use."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from allonce.kernel.audit import Actor
from allonce.kernel.billing import credits as ledger
from allonce.kernel.billing.catalogue.register import unit_of
from allonce.kernel.billing.errors import HoldOver, HoldSettled, KeyReused
from allonce.kernel.billing.models import Hold
from allonce.kernel.billing.subscriptions import cancelling, is_active, open_of
from allonce.kernel.vault import Scope
from allonce.products.dating.crowns import FAMILY, UNIT, USES
from allonce.products.dating.models import Member


def owner_of(member: Member) -> Scope:
    """Whose Crowns these are."""
    return Scope("person", member.person_id)


def is_vip(member: Member) -> bool:
    """Whether VIP runs at this moment."""
    return is_active(owner_of(member), FAMILY)


def balance(member: Member) -> int:
    """Crowns to spend now."""
    return ledger.balance(owner_of(member), UNIT)


def price(member: Member, use: str) -> int:
    """Crowns that this use costs this member now."""
    what = USES[use]
    return 0 if what.free_with_vip and is_vip(member) else what.crowns


def counted(crowns: int) -> str:
    """Such as "1 Crown"."""
    return unit_of(UNIT).counted(crowns)


def spend(member: Member, use: str, key: str) -> None:
    """Take the Crowns at once, in the caller's transaction. Raises NotEnoughCredits."""
    crowns = price(member, use)
    if crowns:
        ledger.spend(owner_of(member), UNIT, crowns, key=f"{use}:{key}", reason=use)


def set_aside(member: Member, use: str, key: str, until: datetime) -> UUID | None:
    """Set the Crowns aside until a moment (aware), in the caller's transaction; None where it costs none.

    Raises NotEnoughCredits.
    """
    crowns = price(member, use)
    if not crowns:
        return None
    return ledger.hold(owner_of(member), UNIT, crowns, key=f"{use}:{key}", until=until, reason=use).pk


def use(hold_id: UUID | None) -> None:
    """What was set aside has brought about what it was for. One that went back in the meantime stays with its owner."""
    if hold_id is None:
        return
    try:
        ledger.capture(hold_id)
    except (HoldOver, HoldSettled, Hold.DoesNotExist):
        return


def give_back(hold_id: UUID | None) -> None:
    """It came to nothing."""
    if hold_id is None:
        return
    try:
        ledger.release(hold_id)
    except (HoldSettled, Hold.DoesNotExist):
        return


def welcome(member: Member) -> None:
    """The Crowns with which somebody begins: once, and the same for everybody unless the Operator set otherwise."""
    by_gender: Mapping[Any, int] = settings.DATING_WELCOME_BY_GENDER
    crowns = by_gender.get(member.sex, settings.DATING_WELCOME)
    if crowns:
        _give_once(member, crowns, f"dating.welcome:{member.person_id}", "welcome")


def thank(member: Member, month: int) -> None:
    """A Crown for each month of 30 days of being here; once for each."""
    if settings.DATING_LOYALTY:
        _give_once(member, settings.DATING_LOYALTY, f"dating.loyalty:{member.person_id}:{month}", "loyalty")


def stop_renewing(member: Member, actor: Actor) -> None:
    """VIP that we charge for runs out with its term: nobody pays for what they are kept out of."""
    held = open_of(owner_of(member), FAMILY)
    if held is not None and cancelling.is_ours(held) and cancelling.may_cancel(held):
        cancelling.cancel(owner_of(member), held.pk, actor=actor)


def _give_once(member: Member, crowns: int, key: str, reason: str) -> None:
    try:
        with transaction.atomic():
            ledger.grant(owner_of(member), UNIT, crowns, key=key, reason=reason)
    except KeyReused:
        # It was given when the setting was another.
        return
