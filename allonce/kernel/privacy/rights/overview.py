"""What a person sees of their data, and what they are shown before they go."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from allonce.kernel.accounts.models import Account, Person
from allonce.kernel.clock import today
from allonce.kernel.declarations import BASES, PD, PURPOSES, Purpose, declarations
from allonce.kernel.privacy import ports
from allonce.kernel.privacy.drawing import Picture
from allonce.kernel.privacy.naming import service_words, table_words
from allonce.kernel.privacy.reasons import Reason, reason_of
from allonce.kernel.privacy.register import flows
from allonce.kernel.privacy.rights import processing
from allonce.kernel.privacy.rights.disposal import Part, kept_until, parts_of
from allonce.kernel.privacy.rights.export.records import Table, tables_of
from allonce.kernel.privacy.rights.models import Erasure, Limit
from allonce.kernel.privacy.rights.services.erasing import sole_accounts
from allonce.kernel.privacy.rights.services.letters import hold_words
from allonce.kernel.privacy.subjects import personal_fields
from allonce.kernel.vault import Scope

SHOWN = 5


@dataclass(frozen=True)
class Overview:
    """Everything held of a person, by service."""

    services: dict[str, list[Table]]
    picture: Picture
    values: int
    restricted: bool


def overview_of(person: Person) -> Overview:
    """What is held of this person in all services, with the newest few records of each table."""
    services: dict[str, list[Table]] = {}
    bands: Counter[tuple[str, str]] = Counter()
    for table in tables_of(Scope("person", person.id), most=SHOWN):
        services.setdefault(table.service, []).append(table)
        for fact in personal_fields(declarations[table.label]).values():
            bands[fact.category, table.service] += table.total
    return Overview(
        services=dict(sorted(services.items(), key=lambda each: (each[0] != service_words("accounts"), each[0]))),
        picture=flows(_("Kinds of data held of you, and where they lie"), bands),
        values=sum(bands.values()),
        restricted=bool(processing.restricted([person.id])),
    )


@dataclass(frozen=True)
class Objection:
    """A purpose that can be objected to, and whether it was."""

    code: str
    says: str
    interest: str
    stands: bool


def objections(standing: Iterable[Limit]) -> list[Objection]:
    """Every purpose that may be objected to, profiling first."""
    made = {each.purpose for each in standing if each.kind == Limit.Kind.OBJECTION}
    first = Objection(
        processing.PROFILING,
        _("to judge or sort people by what is known of them (profiling)"),
        _("nothing here may decide about you by machine alone; with this, nothing may sort you at all"),
        processing.PROFILING in made,
    )
    found = processing.objectionable().items()
    return [first, *(Objection(code, each.says, _weighing(each), code in made) for code, each in found)]


def _weighing(purpose: Purpose) -> str:
    """How an interest of ours was weighed; what the purpose rests on instead, where it rests on none."""
    return purpose.interest or _("%s; you may object all the same") % BASES[purpose.basis].says


@dataclass(frozen=True)
class Stays:
    """What erasure leaves, why, and until when."""

    words: str
    count: int
    why: str
    until: date


@dataclass(frozen=True)
class Foreseen:
    """What erasing this person would do."""

    goes: list[tuple[str, int]]
    stays: list[Stays]
    holds: list[str]
    accounts: list[Account]
    may_end_accounts: bool
    waiting: Erasure | None


def foreseen(person: Person) -> Foreseen:
    """What goes, what stays and why and until when, what stands in the way, and what becomes of accounts."""
    scope = Scope("person", person.id)
    parts = parts_of(scope)
    accounts = sole_accounts(person.id)
    return Foreseen(
        goes=[(table_words(part.label), len(part.ids)) for part in parts if part.kept is None],
        stays=[_stays(part, fact) for part in parts if (fact := part.kept)],
        holds=[hold_words(hold) for hold in ports.holds_on(scope)],
        accounts=accounts,
        may_end_accounts=bool(accounts) and ports.account_ender() is not None,
        waiting=Erasure.objects.filter(subject_id=person.id, state=Erasure.State.WAITING).first(),
    )


def _stays(part: Part, fact: PD) -> Stays:
    reason: Reason = reason_of(part.held.model, _named(part, fact), fact)
    why = f"{PURPOSES[fact.purpose].says} ({reason.article})"
    return Stays(table_words(part.label), len(part.ids), why, kept_until(fact, today()))


def _named(part: Part, fact: PD) -> str:
    return next(name for name, each in part.held.personal.items() if each is fact)
