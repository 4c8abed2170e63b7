"""Why a field is held: purpose, basis, source, recipients and duration, in words (Articles 13 to 15)."""

from dataclasses import asdict, dataclass
from typing import Any

from allonce.kernel.declarations import BASES, CATEGORIES, PD, PURPOSES, RECIPIENTS, RETENTION, SOURCES
from allonce.kernel.privacy.naming import field_words


@dataclass(frozen=True)
class Reason:
    """One personal field of one table. `portable`: Article 20 covers it."""

    field: str
    words: str
    category: str
    purpose: str
    basis: str
    article: str
    source: str
    recipients: list[str]
    until: str
    in_copy: bool
    portable: bool
    stays_by_law: bool

    def as_json(self) -> dict[str, Any]:
        """For reasons.json."""
        return asdict(self)


def reason_of(model: Any, name: str, fact: PD) -> Reason:
    """What the declarations say of one field."""
    purpose = PURPOSES[fact.purpose]
    basis = BASES[purpose.basis]
    return Reason(
        field=name,
        words=field_words(model, name),
        category=CATEGORIES[fact.category].says,
        purpose=purpose.says,
        basis=basis.says,
        article=basis.article,
        source=SOURCES[fact.source],
        recipients=[RECIPIENTS[code].says for code in (*purpose.recipients, *fact.recipients)],
        until=RETENTION[fact.retention].says,
        in_copy=fact.export,
        portable=is_portable(fact),
        stays_by_law=fact.erase == "keep",
    )


def is_portable(fact: PD) -> bool:
    """Article 20: given by the person, and held by contract or consent."""
    given = fact.source in ("subject", "device")
    return fact.export and given and PURPOSES[fact.purpose].basis in ("contract", "consent")
