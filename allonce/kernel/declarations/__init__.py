"""What every stored field is for. Pure data: read by the privacy room, written beside each model."""

from allonce.kernel.declarations.dictionaries import (
    BASES,
    CATEGORIES,
    PURPOSES,
    RECIPIENTS,
    RETENTION,
    SOURCES,
    Category,
    LegalBasis,
    Purpose,
    Recipient,
    Retention,
)
from allonce.kernel.declarations.evidence import Evidence, evidence_for, register_evidence
from allonce.kernel.declarations.register import NONE, PD, Declaration, declarations, declare

__all__ = [
    "BASES",
    "CATEGORIES",
    "NONE",
    "PD",
    "PURPOSES",
    "RECIPIENTS",
    "RETENTION",
    "SOURCES",
    "Category",
    "Declaration",
    "Evidence",
    "LegalBasis",
    "Purpose",
    "Recipient",
    "Retention",
    "declarations",
    "declare",
    "evidence_for",
    "register_evidence",
]
