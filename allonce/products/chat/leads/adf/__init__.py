"""Leads in Auto-lead Data Format 1.0: written strictly, checked against its document type, read loosely."""

from allonce.products.chat.leads.adf.checking import faults
from allonce.products.chat.leads.adf.reading import UnreadableAdf, read
from allonce.products.chat.leads.adf.values import MEDIA_TYPE, Prospect, Thing, provider_name, thing_of
from allonce.products.chat.leads.adf.writing import Misshapen, write

__all__ = [
    "MEDIA_TYPE",
    "Misshapen",
    "Prospect",
    "Thing",
    "UnreadableAdf",
    "faults",
    "provider_name",
    "read",
    "thing_of",
    "write",
]
