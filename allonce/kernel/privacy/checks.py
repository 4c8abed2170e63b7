"""Default deny: an undeclared model or field stops the start."""

import re
import sys
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core import checks
from django.core.exceptions import FieldError
from django.db import models

from allonce.kernel.declarations import (
    CATEGORIES,
    PD,
    PURPOSES,
    RECIPIENTS,
    RETENTION,
    SOURCES,
    Declaration,
    declarations,
)
from allonce.kernel.vault import BlindIndexField
from allonce.kernel.vault.fields import EncryptedField

TAG = "privacy"
FREE_FORM = (
    models.TextField,
    models.JSONField,
    models.BinaryField,
    models.FileField,
    models.GenericIPAddressField,
    models.EmailField,
    EncryptedField,
)
SUSPICIOUS = re.compile(
    r"(^|_)(name|email|mail|phone|mobile|address|street|town|postcode|birth|dob|gender|ip|agent|note|notes"
    r"|comment|message|subject|body|reason|photo|picture|signature|location|latitude|longitude|iban|card)(_|$)"
)
Found = Iterator[checks.CheckMessage]


def register_checks() -> None:
    """Hook into `check`, which every command runs first."""
    checks.register(check_declarations, TAG)


def require_clean() -> None:
    """Refuse to start (exit 78, a configuration error) if anything is undeclared; servers skip Django's checks."""
    found = check_declarations()
    if found:
        sys.stderr.write("\n".join(f"{item.id}: {item.msg}" for item in found) + "\n")
        sys.exit(78)


def check_declarations(**_options: Any) -> list[checks.CheckMessage]:
    """Every finding, over all models of all installed apps."""
    tables = {model._meta.label: model for model in apps.get_models(include_auto_created=True)}
    found = [item for label, model in tables.items() for item in _check_model(label, model)]
    found += check_dictionaries()
    return found + [item for label in declarations for item in _check_stale(label, tables)]


def _check_model(label: str, model: type[models.Model]) -> Found:
    if model._meta.proxy or not model._meta.managed:
        return
    declared = declarations.get(label)
    if declared is None:
        yield _error(1, f"{label} is stored and not declared: add declare({label!r}, ...) to its privacy.py")
        return
    fields = {field.name: field for field in _stored_fields(model)}
    for name in fields.keys() - declared.facts.keys():
        yield _error(2, f"{label}.{name} is stored and not declared")
    for name in declared.facts.keys() - fields.keys():
        yield _error(3, f"{label}.{name} is declared and does not exist")
    yield from _check_subject(label, model, declared)
    yield from _check_since(label, model, declared)
    for name in fields.keys() & declared.facts.keys():
        yield from _check_fact(f"{label}.{name}", fields[name], declared.facts[name])


def _stored_fields(model: type[models.Model]) -> list[Any]:
    return [*model._meta.local_fields, *model._meta.local_many_to_many]


def _check_stale(label: str, tables: dict[str, type[models.Model]]) -> Found:
    if label not in tables:
        yield _error(11, f"{label} is declared and is no model of any installed app")


def _check_subject(label: str, model: type[models.Model], declared: Declaration) -> Found:
    personal = any(isinstance(fact, PD) for fact in declared.facts.values())
    if declared.subject is None:
        if personal:
            yield _error(4, f"{label} holds personal data and names no subject")
        return
    resolved = declared.subject == "self" or declared.subject.startswith("@")
    if not resolved and not _leads_somewhere(model, declared.subject):
        yield _error(5, f"{label}: the path to its subject, {declared.subject!r}, is broken")


def _leads_somewhere(model: type[models.Model], path: str) -> bool:
    try:
        model._base_manager.only("pk").values_list(path).query.clone()
    except Exception:  # noqa: BLE001 (whatever Django says, the path is broken)
        return False
    return True


def _check_since(label: str, model: type[models.Model], declared: Declaration) -> Found:
    """Rules that count from a row need a moment in it, and none may take a row that another obliges to keep."""
    timed = [fact for fact in declared.facts.values() if isinstance(fact, PD) and _counts_from_row(fact)]
    if timed and not declared.since:
        yield _error(13, f"{label}: {timed[0].retention!r} counts from a moment; name its field with since=...")
    elif declared.since and not _leads_to_a_moment(model, declared.since):
        yield _error(13, f"{label}: since={declared.since!r} leads to no date")
    kept = {fact.retention for fact in timed if fact.erase == "keep"}
    if kept and any(fact.erase == "delete" and fact.retention not in kept for fact in timed):
        yield _error(13, f"{label}: a field's shorter rule would delete rows that must be kept; say erase='null'")


def _counts_from_row(fact: PD) -> bool:
    return fact.retention in RETENTION and RETENTION[fact.retention].counts_from_row


def _leads_to_a_moment(model: type[models.Model], path: str) -> bool:
    try:
        found = model._base_manager.values_list(path).query.select[0].output_field
    except (FieldError, IndexError):
        return False
    return isinstance(found, models.DateField)


def _check_fact(place: str, field: Any, fact: Any) -> Found:
    if isinstance(fact, PD):
        yield from _check_personal(place, field, fact)
    elif fact == "none":
        yield from _check_harmless(place, field)
    elif not (isinstance(fact, tuple) and len(fact) == 2 and fact[0] == "none" and fact[1]):
        yield _error(3, f"{place}: say PD(...), 'none', or ('none', why)")


def check_dictionaries() -> Found:
    """Purposes and categories that the law does not allow as they stand."""
    for code, purpose in PURPOSES.items():
        if purpose.basis == "legitimate_interest" and not purpose.interest:
            yield _error(14, f"purpose {code!r} rests on a legitimate interest and does not weigh it: say interest=...")
        for recipient in set(purpose.recipients) - RECIPIENTS.keys():
            yield _error(15, f"purpose {code!r} names an unknown recipient {recipient!r}")
    for code, category in CATEGORIES.items():
        if category.special and not category.condition:
            yield _error(16, f"category {code!r} is special and names no condition of Article 9: say condition=...")


def _check_personal(place: str, field: Any, fact: PD) -> Found:
    yield from _check_origin(place, fact)
    if fact.category not in CATEGORIES:
        yield _error(6, f"{place}: unknown category {fact.category!r}")
    if fact.purpose not in PURPOSES:
        yield _error(6, f"{place}: unknown purpose {fact.purpose!r}")
    if fact.retention not in RETENTION:
        yield _error(7, f"{place}: unknown retention {fact.retention!r}")
    if fact.erase == "null" and not field.null:
        yield _error(8, f"{place}: erasure would null it, and it cannot be null")
    protected = isinstance(field, EncryptedField | BlindIndexField) or fact.keyed_hash
    if not protected and not fact.plain_because:
        yield _error(12, f"{place} is personal and stored readable: encrypt it, or say plain_because=...")


def _check_origin(place: str, fact: PD) -> Found:
    if fact.source not in SOURCES:
        yield _error(17, f"{place}: unknown source {fact.source!r}")
    for recipient in set(fact.recipients) - RECIPIENTS.keys():
        yield _error(15, f"{place}: unknown recipient {recipient!r}")


def _check_harmless(place: str, field: Any) -> Found:
    if isinstance(field, FREE_FORM):
        yield _error(9, f"{place} can hold anything; if it is not personal, say ('none', why)")
    elif isinstance(field, models.CharField) and not field.choices and SUSPICIOUS.search(field.name):
        yield _error(10, f"{place} sounds personal; if it is not, say ('none', why)")


def _error(number: int, text: str) -> checks.Error:
    return checks.Error(text, id=f"privacy.E{number:03d}")
