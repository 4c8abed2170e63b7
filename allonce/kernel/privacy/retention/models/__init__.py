"""The tables of retention, one file per concern."""

from allonce.kernel.privacy.retention.models.endings import AccountEnding, Farewell
from allonce.kernel.privacy.retention.models.holds import LegalHold
from allonce.kernel.privacy.retention.models.kept import HeldRecord, KeptRecord, Shelf
from allonce.kernel.privacy.retention.models.ledger import LedgerMark
from allonce.kernel.privacy.retention.models.sweeps import SweepCount, SweepRun

__all__ = [
    "AccountEnding",
    "Farewell",
    "HeldRecord",
    "KeptRecord",
    "LedgerMark",
    "LegalHold",
    "Shelf",
    "SweepCount",
    "SweepRun",
]
