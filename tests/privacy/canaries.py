"""Fills every personal column of a person with values found nowhere else, and looks for them everywhere."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any
from uuid import UUID, uuid4

from django.contrib.sessions.models import Session
from django.db import IntegrityError, models, transaction

from allonce.kernel.accounts.models import Person, SignInSession
from allonce.kernel.clock import now
from allonce.kernel.declarations import PD, Declaration
from allonce.kernel.messaging.ports import register_private_streams
from allonce.kernel.privacy import subjects
from allonce.kernel.vault import (
    BlindIndexField,
    EncryptedBytesField,
    EncryptedJSONField,
    EncryptedTextField,
    Scope,
    create_key,
    files,
)
from allonce.kernel.vault.errors import VaultError

SHORTEST = 60
# The streams that were made for a person here, as a product would tell them.
STREAMS: defaultdict[UUID, list[UUID]] = defaultdict(list)
register_private_streams(lambda person_id: STREAMS[person_id])


@dataclass
class Planted:
    """A person with a canary in every place that can hold one: place -> canary."""

    person: Person
    canaries: dict[str, str] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)
    kept: set[str] = field(default_factory=set)
    # Fields that were declared as kept by law when this was planted: their values may stay.
    may_stay: set[str] = field(default_factory=set)

    def forget(self, place: str) -> None:
        """Nothing was planted there after all."""
        self.canaries.pop(place, None)
        self.told.discard(place)
        self.kept.discard(place)

    @property
    def erasable(self) -> dict[str, str]:
        """What must be found nowhere once the person is erased."""
        return {place: canary for place, canary in self.canaries.items() if place not in self.kept}


def letters() -> str:
    """Letters that no other example drew."""
    return "".join(chr(ord("a") + int(digit, 16)) for digit in uuid4().hex[:12])


def plant(name: str, rows_a_table: int = 1) -> Planted:
    """A new person, called and written about in canaries that begin with `name` (letters only)."""
    person = Person(email=f"{name}-address@example.org", name=f"{name}-accounts.Person.name")
    person.password = f"{name}-accounts.Person.password"
    create_key(Scope("person", person.id))
    person.save(force_insert=True)
    made = Planted(person)
    made.canaries["accounts.Person.email"] = person.email
    for column in ("name", "password"):
        made.canaries[f"accounts.Person.{column}"] = str(getattr(person, column))
    made.told = {"accounts.Person.email", "accounts.Person.name"}
    for model, declared in subjects.declared_models():
        if subjects.personal_fields(declared) and model is not Person and "person" in subjects.kinds_of(model):
            for number in range(rows_a_table):
                _fill(model, declared, made, name, number)
    files.save(Scope("person", person.id), uuid4(), "paper.txt", f"{name}-file".encode())
    made.canaries["file"] = f"{name}-file"
    made.told.add("file")
    return made


def _fill(model: Any, declared: Declaration, made: Planted, name: str, number: int) -> None:
    if number and (declared.subject == "self" or _is_once(model)):
        return
    values: dict[str, Any] = {}
    for column in model._meta.concrete_fields:
        fact = declared.facts.get(column.name)
        place = f"{declared.model}.{column.name}"
        canary = f"{name}-{place}-{number}"
        if isinstance(fact, PD) and (value := _holding(column, canary)) is not None:
            values[column.attname] = value
            made.canaries[f"{place}.{number}"] = canary
            if fact.erase == "keep":
                made.may_stay.add(place)
                made.kept.add(f"{place}.{number}")
            if fact.export:
                made.told.add(f"{place}.{number}")
        elif isinstance(fact, PD):
            assert _cannot_hold(column), f"{place} holds personal data and got no canary"
    row = model(**_required(model, values, made.person) | values)
    _tie(row, declared, made, name, number)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        # A person may stand in some tables only once, and did so already.
        assert number, f"{declared.model} takes no row of a person"
        for column in model._meta.concrete_fields:
            made.forget(f"{declared.model}.{column.name}.{number}")


def _is_once(model: Any) -> bool:
    """Whether a person can stand in this table only once, by the table's own rules."""
    return any(each.unique and (isinstance(each, BlindIndexField) or each.related_model) for each in _columns(model))


def _columns(model: Any) -> list[Any]:
    return [each for each in model._meta.concrete_fields if not each.primary_key]


def _holding(column: Any, canary: str) -> Any:
    if isinstance(column, EncryptedJSONField):
        return {"text": canary}
    if isinstance(column, EncryptedBytesField | models.BinaryField):
        return canary.encode()
    if isinstance(column, models.JSONField):
        return [canary]
    if _cannot_hold(column):
        return None
    long_enough = column.max_length is None or column.max_length >= len(canary)
    return (
        canary if isinstance(column, EncryptedTextField | models.TextField) or long_enough else canary[-1 * SHORTEST :]
    )


def _cannot_hold(column: Any) -> bool:
    """Indexes follow their source; codes of ours, times, numbers and short columns hold no words."""
    if isinstance(column, BlindIndexField) or column.choices:
        return True
    if isinstance(column, EncryptedTextField | models.TextField):
        return False
    return not isinstance(column, models.CharField) or (column.max_length or 0) < SHORTEST or _is_hash(column)


def _is_hash(column: Any) -> bool:
    return column.name.endswith("_hash") or column.name in ("purpose", "ground", "browser", "session_key")


def _required(model: Any, given: dict[str, Any], person: Person) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for column in model._meta.concrete_fields:
        if column.attname not in given and not column.null and not column.has_default() and column.attname != "id":
            found[column.attname] = _some(column, person)
        elif column.name == "person" and column.related_model is Person:
            found[column.attname] = person.pk
    if _names_its_owner(model):
        found |= {"scope_kind": "person", "scope_id": person.pk}
    return _told_apart(model, found)


def _names_its_owner(model: Any) -> bool:
    """Whether the owner stands in columns of the row, by kind and id."""
    return {"scope_kind", "scope_id"} <= {column.name for column in model._meta.concrete_fields}


def _told_apart(model: Any, found: dict[str, Any]) -> dict[str, Any]:
    """Two columns that point into one table mean two different rows, of which one is a stranger's, in their order."""
    columns = [each for each in model._meta.concrete_fields if each.related_model and each.attname in found]
    for one, other in combinations(columns, 2):
        if one.related_model is other.related_model is not Person and found[one.attname] == found[other.attname]:
            stranger = Person(email=f"{letters()}@example.org", name="A stranger")
            create_key(Scope("person", stranger.id))
            stranger.save(force_insert=True)
            pair = sorted([found[one.attname], _other(one.related_model, stranger).pk])
            found[one.attname], found[other.attname] = pair
    return found


def _some(column: Any, person: Person) -> Any:
    related = column.related_model
    if related is Person:
        return person.pk
    if related is not None:
        return _other(related, person).pk
    if column.choices:
        return column.choices[-1][0]
    kinds: list[tuple[Any, Any]] = [
        (models.DateTimeField, now()),
        (models.DateField, now().date()),
        (models.BooleanField, False),
        (models.IntegerField, uuid4().int % 1_000_000_000 if column.unique else 1),
        (models.UUIDField, uuid4()),
        (models.JSONField, {}),
        (models.BinaryField, b""),
        (EncryptedTextField, uuid4().hex),
        (EncryptedJSONField, {}),
        (EncryptedBytesField, b""),
    ]
    return next((value for kind, value in kinds if isinstance(column, kind)), uuid4().hex[: column.max_length or 32])


def _other(model: Any, person: Person) -> Any:
    """A row that the filled one must point to: one that is the person's already, or a new one."""
    if any(column.name == "person" for column in model._meta.concrete_fields):
        known = model._base_manager.filter(person=person).first()
        if known is not None:
            return known
    if _names_its_owner(model) and (mine := model._base_manager.filter(scope_id=person.pk).first()) is not None:
        return mine
    row = model(**_required(model, {}, person))
    if row._meta.label == "casework.Case":
        row.state, row.closed_at = "closed", now()  # an open one would rightly postpone the erasure
    row.save(force_insert=True)
    return row


def _tie(row: Any, declared: Declaration, made: Planted, name: str, number: int) -> None:
    """Make the row the person's, by whatever its declaration says."""
    person, subject = made.person, str(declared.subject)
    if isinstance(row, Session):
        row.session_key = f"{name}{number}".encode().hex()[-40:]
        signed_in = SignInSession(person=person, device="x", browser=row.session_key)
        signed_in.save(force_insert=True)
    elif subject in _TIES:
        _TIES[subject](row, person)
    elif subject == "@email":
        made.forget(f"{declared.model}.email.{number}")
        row.email = person.email
    elif subject == "@scope":
        row.scope_kind, row.scope_id = "person", person.id
        if hasattr(row, "released_at"):
            row.released_at = now()  # a hold that stands would rightly keep everything
    elif subject == "@stream":
        row.account_id = row.stream.account_id = uuid4()
        create_key(Scope("account", row.account_id))
        row.stream.save(update_fields=["account_id"])
        STREAMS[person.id].append(row.stream_id)
    elif subject in ("self", "@owner"):
        setattr(row, "pk" if subject == "self" else "owner_id", person.id)
    elif not subject.startswith("@"):
        first = row._meta.get_field(subject.split("__", maxsplit=1)[0])
        if first.related_model in (None, Person):
            setattr(row, first.attname, person.pk)


def _tie_to_ticket(row: Any, person: Person) -> None:
    """A mail becomes one of a ticket of theirs; all else of the desk has its ticket already."""
    if hasattr(row, "ticket_id") and row.ticket_id is None:
        row.ticket = _other(row._meta.get_field("ticket").related_model, person)


def _address_to(row: Any, person: Person) -> None:
    row.mail = {"to": person.email.upper(), **row.mail}


_TIES = {"@addressee": _address_to, "@asker": _tie_to_ticket}


def shown_anywhere(canaries: dict[str, str]) -> list[str]:
    """Every place of the database where one of these values still opens or lies readable."""
    wanted = set(canaries.values())
    return [
        f"{model._meta.label}.{column.name}"
        for model, _declared in subjects.declared_models()
        if model._meta.app_label != "vault"
        for row in model._base_manager.all()
        for column, value in _values(row)
        if any(canary.lower() in value.lower() for canary in wanted)
    ]


def _values(row: Any) -> Iterator[tuple[Any, str]]:
    for column in row._meta.concrete_fields:
        try:
            value = getattr(row, column.attname)
        except VaultError:
            continue
        yield column, bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)
