"""How people want to be told: per kind, and all at once."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from allonce.kernel import audit
from allonce.kernel.accounts.access import is_staff
from allonce.kernel.accounts.models import Person
from allonce.kernel.audit import Actor
from allonce.kernel.clock import now
from allonce.kernel.notices.kinds import Kind, kinds
from allonce.kernel.notices.models import EVERY_KIND, Choice

Mail = Choice.Mail


@dataclass(frozen=True)
class Way:
    """How one kind reaches one person: in the app or not, when by mail, and whether it wakes their browsers."""

    in_app: bool
    mail: str
    push: bool = False


NOT_AT_ALL = Way(in_app=False, mail=Mail.OFF)


def way_for(person: Person, kind: Kind) -> Way:
    """How this kind reaches this person now; required kinds always do."""
    return _way(kind, _chosen(person))


def ways_of(person: Person) -> dict[Kind, Way]:
    """Every kind that can concern this person with how it reaches them, required ones first."""
    chosen, works_here = _chosen(person), is_staff(person)
    theirs = [kind for kind in kinds().values() if works_here or not kind.staff]
    in_order = sorted(theirs, key=lambda kind: (not kind.required, str(kind.label)))
    return {kind: _way(kind, chosen) for kind in in_order}


@transaction.atomic
def choose(person: Person, wanted: Mapping[str, Way], *, actor: Actor) -> None:
    """Keep how the person wants to hear of these kinds. Required and unknown ones are left as they are. Audited."""
    known = kinds()
    taken = {code: way for code, way in wanted.items() if code in known and not known[code].required}
    for code, way in taken.items():
        _keep(person, code, way)
    target = f"accounts.Person:{person.id}"
    audit.record("notices.chosen", actor=actor, target=target, data={"kinds": sorted(taken)})


@transaction.atomic
def switch_all_off(person: Person, *, actor: Actor) -> None:
    """No kind reaches the person any more, those registered later included; required ones stay. Audited."""
    Choice.objects.filter(person=person).delete()
    _keep(person, EVERY_KIND, NOT_AT_ALL)
    audit.record("notices.switched_off", actor=actor, target=f"accounts.Person:{person.id}", data={})


@transaction.atomic
def start_again(person: Person, *, actor: Actor) -> None:
    """Forget every choice: each kind reaches the person as it does somebody who never chose. Audited."""
    Choice.objects.filter(person=person).delete()
    audit.record("notices.reset", actor=actor, target=f"accounts.Person:{person.id}", data={})


def all_off(person: Person) -> bool:
    """Whether the person switched everything off that can be."""
    chosen = _chosen(person)
    return EVERY_KIND in chosen and all(way == NOT_AT_ALL for way in chosen.values())


def _keep(person: Person, code: str, way: Way) -> None:
    said = {"in_app": way.in_app, "mail": way.mail, "push": way.push, "chosen_at": now()}
    Choice.objects.update_or_create(person=person, kind=code, defaults=said)


def _chosen(person: Person) -> dict[str, Way]:
    rows = Choice.objects.filter(person=person)
    return {row.kind: Way(row.in_app, row.mail, row.push) for row in rows}


def _way(kind: Kind, chosen: Mapping[str, Way]) -> Way:
    usual = Way(in_app=True, mail=Mail.AT_ONCE if kind.email else Mail.OFF, push=kind.push)
    if kind.required:
        return usual
    return chosen.get(kind.code) or chosen.get(EVERY_KIND) or usual
