"""Payers as their seller knows them: kept for renewals while they are here, forgotten there, too, once they are not."""

from allonce.kernel.accounts.models import Person
from allonce.kernel.billing.models import Farewell, PayerRecord
from allonce.kernel.vault import Scope


def has_left(owner: Scope) -> bool:
    """Whether this was a person who is gone."""
    return owner.kind == "person" and not Person.objects.filter(pk=owner.id).exists()


def keep(owner: Scope, seller: str, customer: str) -> None:
    """Seal the seller's id for somebody who pays it regularly; the one before, and a leaver's, is to be forgotten."""
    if not customer or owner.kind != "person":
        return
    if has_left(owner):
        farewell(seller, customer)
        return
    record = PayerRecord.objects.filter(person_id=owner.id, seller=seller).first()
    if record is not None and record.customer == customer:
        return
    if record is not None:
        farewell(seller, record.customer)
    record = record or PayerRecord(person_id=owner.id, seller=seller)
    record.customer = customer
    record.save()


def of(owner: Scope, seller: str) -> str:
    """The seller's id for this payer; empty if it has none."""
    record = PayerRecord.objects.filter(person_id=owner.id, seller=seller).first()
    return record.customer if record else ""


def farewell(seller: str, customer: str) -> None:
    """Ask the seller to forget this customer."""
    from allonce.kernel.billing.jobs import forget

    forget.later(Farewell.objects.create(seller=seller, customer=customer).pk)
