"""The record of processing (Article 30), read from the declarations beside the data models and from nothing else."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allonce.kernel.clock import now
from allonce.kernel.declarations import CATEGORIES, PD, PURPOSES, Evidence, declarations
from allonce.kernel.privacy.checks import check_declarations
from allonce.kernel.privacy.drawing import Picture
from allonce.kernel.privacy.naming import service_words, table_words
from allonce.kernel.privacy.reasons import Reason, reason_of
from allonce.kernel.privacy.subjects import declared_models, kinds_of, personal_fields

# Whose data decides in which role the Operator holds it.
ROLES = {
    "person": gettext_lazy("the Operator is the controller"),
    "account": gettext_lazy("the account is the controller, the Operator its processor"),
}


@dataclass(frozen=True)
class Line:
    """One table that holds personal data. `how` tells for each field what erasure does and how it is stored."""

    table: str
    words: str
    service: str
    about: list[str]
    roles: list[str]
    region: str
    fields: list[Reason]
    how: dict[str, str]


def lines() -> list[Line]:
    """Every table with personal data, by service."""
    found = [
        Line(
            table=declared.model,
            words=table_words(declared.model),
            service=service_words(declared.model),
            about=sorted(kinds_of(model)),
            roles=[str(ROLES[kind]) for kind in sorted(kinds_of(model), reverse=True)],
            region=settings.REGION,
            fields=[reason_of(model, name, fact) for name, fact in facts.items()],
            how={name: _how(fact) for name, fact in facts.items()},
        )
        for model, declared in declared_models()
        if (facts := personal_fields(declared))
    ]
    return sorted(found, key=lambda line: (line.service, line.words))


def as_json() -> dict[str, Any]:
    """The register for machines."""
    return {
        "controller": {
            "name": settings.OPERATOR_NAME,
            "email": settings.OPERATOR_EMAIL,
            "address": settings.OPERATOR_ADDRESS,
        },
        "region": settings.REGION,
        "made_at": now().isoformat(),
        "tables": [asdict(line) for line in lines()],
        "interests": {code: purpose.interest for code, purpose in PURPOSES.items() if purpose.interest},
    }


def interests() -> list[tuple[str, str]]:
    """What rests on a legitimate interest, and how it was weighed."""
    used = {fact.purpose for declared in declarations.values() for fact in personal_fields(declared).values()}
    return [(PURPOSES[code].says, PURPOSES[code].interest) for code in sorted(used) if PURPOSES[code].interest]


def picture(shown: Iterable[Line]) -> Picture:
    """Kinds of data, and in which services they lie."""
    bands: Counter[tuple[str, str]] = Counter()
    for line in shown:
        for name, fact in personal_fields(declarations[line.table]).items():
            if name in line.how:
                bands[fact.category, line.service] += 1
    return flows(str(_("Kinds of data and the services they lie in")), bands)


def flows(title: str, bands: Counter[tuple[str, str]]) -> Picture:
    """A picture of counted pairs (category, place), with the same told in words for who cannot see it."""
    left = sorted({category for category, _place in bands}, key=list(CATEGORIES).index)
    right = sorted({place for _category, place in bands})
    told = "; ".join(f"{category}: {', '.join(p for c, p in sorted(bands) if c == category)}" for category in left)
    numbered = {(left.index(c), right.index(p)): amount for (c, p), amount in bands.items()}
    return Picture(title, told, left, right, numbered)


def row_counts(shown: Iterable[Line]) -> dict[str, int]:
    """How many rows each of these tables holds, for staff."""
    return {line.table: apps.get_model(line.table)._base_manager.count() for line in shown}


def evidence() -> Evidence:
    """For the promises page: how much is declared, and whether anything is not."""
    facts = [fact for declared in declarations.values() for fact in declared.facts.values()]
    personal = sum(isinstance(fact, PD) for fact in facts)
    says = gettext_lazy(
        "All %(tables)d tables of this installation are declared: %(fields)d fields, %(personal)d of them personal, "
        "each with purpose, legal basis, retention rule and source."
    ) % {"tables": len(declarations), "fields": len(facts), "personal": personal}
    return Evidence(says, now(), holds=not check_declarations(), link="/privacy/register/")


def _how(fact: PD) -> str:
    if fact.keyed_hash:
        return str(_("kept only as a keyed hash"))
    return fact.plain_because or str(_("encrypted under a key of its owner"))
