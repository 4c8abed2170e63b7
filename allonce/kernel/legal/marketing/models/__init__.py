"""Tables of the marketing room."""

from allonce.kernel.legal.marketing.models.assessments import Assessment
from allonce.kernel.legal.marketing.models.contacts import Address, Contact, OptInRequest
from allonce.kernel.legal.marketing.models.newsletters import Copy, Newsletter
from allonce.kernel.legal.marketing.models.preferences import Basis, Change, Channel, Preference, Source, Wording

__all__ = [
    "Address",
    "Assessment",
    "Basis",
    "Change",
    "Channel",
    "Contact",
    "Copy",
    "Newsletter",
    "OptInRequest",
    "Preference",
    "Source",
    "Wording",
]
