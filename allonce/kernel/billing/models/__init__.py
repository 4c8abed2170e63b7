"""Tables of the billing room: ledger, prices, purchases and subscriptions."""

from allonce.kernel.billing.models.ledger import Hold, LedgerAccount, Movement, Posting
from allonce.kernel.billing.models.prices import PriceTold, PriceVersion
from allonce.kernel.billing.models.purchases import (
    Dispute,
    Purchase,
    Refund,
    ReturnAddress,
    SellerEvent,
    SellerRecord,
    StoreToken,
    UnclaimedPurchase,
)
from allonce.kernel.billing.models.subscriptions import Farewell, PayerRecord, RenewalNotice, Subscription

__all__ = [
    "Dispute",
    "Farewell",
    "Hold",
    "LedgerAccount",
    "Movement",
    "PayerRecord",
    "Posting",
    "PriceTold",
    "PriceVersion",
    "Purchase",
    "Refund",
    "RenewalNotice",
    "ReturnAddress",
    "SellerEvent",
    "SellerRecord",
    "StoreToken",
    "Subscription",
    "UnclaimedPurchase",
]
