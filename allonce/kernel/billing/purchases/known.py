"""How purchases, chains and tokens of sellers are recognised without holding their ids: by keyed hashes."""

from uuid import UUID

from allonce.kernel.accounts.models import Person
from allonce.kernel.billing.models import Purchase, SellerRecord, StoreToken, UnclaimedPurchase
from allonce.kernel.vault import INSTALL, Scope, keyed_hash


def ref_hash(seller: str, ref: str) -> str:
    """Of a payment, by the seller's id; empty for none."""
    return keyed_hash(INSTALL, "billing.ref", f"{seller}:{ref}") if ref else ""


def chain_hash(seller: str, chain: str) -> str:
    """Of a store's subscription through all its renewals; empty for none."""
    return keyed_hash(INSTALL, "billing.chain", f"{seller}:{chain}") if chain else ""


def event_hash(seller: str, event_id: str) -> str:
    """Of one report."""
    return keyed_hash(INSTALL, "billing.event", f"{seller}:{event_id}")


def dispute_hash(seller: str, dispute: str) -> str:
    """Of a bank's question about a payment."""
    return keyed_hash(INSTALL, "billing.dispute", f"{seller}:{dispute}")


def token_hash(token: str) -> str:
    """Of what an app gave its store."""
    return keyed_hash(INSTALL, "billing.token", token.lower())


def owner_of_token(token: str) -> Scope | None:
    """Whose purchases carry this token; None while nobody has claimed it."""
    row = StoreToken.objects.filter(token_hash=token_hash(token)).first() if token else None
    return row.owner if row else None


def keep_ref(purchase: Purchase, ref: str) -> None:
    """Seal the seller's id to the person, for refunds. Nothing is kept of somebody who has left."""
    if not ref or purchase.scope_kind != "person" or not Person.objects.filter(pk=purchase.scope_id).exists():
        return
    record = SellerRecord.objects.filter(purchase=purchase).first() or SellerRecord(
        purchase=purchase, person_id=purchase.scope_id
    )
    record.ref = ref
    record.save()


def ref_of(purchase: Purchase) -> str:
    """The seller's id of a purchase; empty once it was erased, or where the seller has none."""
    record = SellerRecord.objects.filter(purchase=purchase).first()
    return record.ref if record else ""


def waits_unclaimed(seller: str, ref: str) -> UnclaimedPurchase | None:
    """The report of this payment that waits for its owner, if one does: a refund may name nothing but the payment."""
    mark = ref_hash(seller, ref)
    rows = UnclaimedPurchase.objects.filter(event__seller=seller, ref_hash=mark).exclude(event__what="refunded")
    return rows.first() if mark else None


def store_token(owner: Scope) -> UUID:
    """What the owner's app gives its store with each purchase; always the same, and nobody else's.

    Apple calls it appAccountToken, Google obfuscatedExternalAccountId.
    """
    token = UUID(keyed_hash(INSTALL, "billing.store_token", str(owner))[:32])
    StoreToken.objects.get_or_create(
        token_hash=token_hash(str(token)), defaults={"scope_kind": owner.kind, "scope_id": owner.id}
    )
    return token
