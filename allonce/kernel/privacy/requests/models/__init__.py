"""Everything the request desk stores, one file per concern."""

from allonce.kernel.privacy.requests.models.asked import (
    IdentityDocument,
    Pause,
    Reminder,
    RightsRequest,
    Step,
)
from allonce.kernel.privacy.requests.models.disclosures import Disclosure
from allonce.kernel.privacy.requests.models.referrals import Referral
from allonce.kernel.privacy.requests.models.transfers import Transfer, TransferNotice, TransferObjection

__all__ = [
    "Disclosure",
    "IdentityDocument",
    "Pause",
    "Referral",
    "Reminder",
    "RightsRequest",
    "Step",
    "Transfer",
    "TransferNotice",
    "TransferObjection",
]
