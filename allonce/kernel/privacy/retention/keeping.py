"""Keeping what must outlive its owner's key: encrypted anew under a key of its own, which has its own end."""

from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.utils.translation import gettext as _

from allonce.kernel.clock import now, today
from allonce.kernel.declarations import PD, RETENTION, Declaration, Retention, declarations
from allonce.kernel.privacy.retention.holding import covered, in_force, whole_is_held
from allonce.kernel.privacy.retention.models import HeldRecord, KeptRecord, LegalHold, Shelf
from allonce.kernel.privacy.retention.owners import owners_of, rows_of, scope_named, tables_of_accounts
from allonce.kernel.privacy.retention.rules import ends_on, latest_start
from allonce.kernel.vault import BlindIndexField, Scope, destroy_keys, files
from allonce.kernel.vault.files import FileRef

# Where a declaration obliges to keep but names no length: the longest period of the Limitation Act 1980 for contracts.
OTHERWISE = RETENTION["years_6"]
BATCH = 200


@dataclass(frozen=True)
class KeptLine:
    """What stays of somebody: how many records of one table, why, and until when (None: until a hold ends)."""

    source: str
    reason: str
    until: date | None
    count: int

    @property
    def label(self) -> str:
        """The table's name as people say it."""
        return str(apps.get_model(self.source)._meta.verbose_name)


def keep(rows: Iterable[models.Model], until: date, reason: str, *, fields: Iterable[str] | None = None) -> list[Shelf]:
    """Copy rows so that they stay readable through `until` although their owner's key is destroyed.

    `reason` is ours, never a person's words. All fields are copied, or those named. Repeating it replaces the copies.
    Returns the shelves, one for each owner among the rows.
    """
    shelves: dict[Scope, Shelf] = {}
    for row in rows:
        scope = owners_of(row)[0]
        if scope not in shelves:
            shelves[scope] = _shelf(scope, until, reason)
        _copy(KeptRecord, {"shelf": shelves[scope]}, scope, row, fields)
    return list(shelves.values())


def keep_file(shelf: Shelf, ref: FileRef) -> FileRef:
    """Copy an encrypted file onto a shelf; returns where it now lies. Raises what reading it raises."""
    return files.save(Scope("records", shelf.id), ref.owner_id, ref.name, files.read(ref))


def keep_by_law(scope: Scope) -> None:
    """Copy whatever the declarations say must be kept of an account or a person; see `erase="keep"`."""
    for declared, model in _kept_tables():
        names = _kept_fields(declared)
        for row in _with_start(declared, rows_of(scope, model)).order_by("pk").iterator(chunk_size=BATCH):
            until = _until(declared, row.kept_since)
            if until >= today():
                keep([row], until, _rule_of(declared).says, fields=names)


def keep_held(scope: Scope) -> None:
    """Copy what single legal holds cover among the rows of an account that is about to go."""
    for hold in in_force():
        for model in tables_of_accounts() if hold.table or hold.scope != scope else ():
            for row in covered(hold, rows_of(scope, model)).iterator(chunk_size=BATCH):
                _copy(HeldRecord, {"hold": hold}, scope, row, None)


def foreseen(scope: Scope) -> list[KeptLine]:
    """What would be kept of an account or person if it went today."""
    lines = []
    for declared, model in _kept_tables():
        rows = _with_start(declared, rows_of(scope, model))
        alive = rows.exclude(kept_since__lte=latest_start(_rule_of(declared), now()))
        found = alive.aggregate(count=models.Count("pk"), last=models.Max("kept_since"))
        if found["count"]:
            until = _until(declared, found["last"])
            lines.append(KeptLine(declared.model, _rule_of(declared).says, until, found["count"]))
    return lines


def kept_of(scope: Scope) -> list[KeptLine]:
    """What is kept of an account or person that is gone, for telling them."""
    mine = {"scope_kind": scope.kind, "scope_id": scope.id}
    kept = KeptRecord.objects.filter(**mine).values_list("source", "shelf__reason", "shelf__until")
    lines = [KeptLine(*line) for line in kept.annotate(count=models.Count("pk")).order_by("shelf__until", "source")]
    held = HeldRecord.objects.filter(**mine).values_list("source").annotate(count=models.Count("pk")).order_by("source")
    return lines + [KeptLine(source, _("a legal hold"), None, count) for source, count in held]


def expire() -> int:
    """Destroy the keys of shelves whose day has passed and of holds that were released, and their copies.

    Whatever a hold still covers stays. Returns how many keys went.
    """
    shelves = [shelf for shelf in Shelf.objects.filter(until__lt=today(), emptied_at=None) if not _still_held(shelf)]
    holds = list(LegalHold.objects.exclude(released_at=None).exclude(records=None).distinct())
    scopes = [Scope("records", shelf.id) for shelf in shelves] + [Scope("hold", hold.id) for hold in holds]
    if not scopes:
        return 0
    gone = destroy_keys(scopes)
    for scope in scopes:
        files.delete_scope(scope)
    with transaction.atomic():
        KeptRecord.objects.filter(shelf__in=shelves).delete()
        Shelf.objects.filter(pk__in=[shelf.pk for shelf in shelves]).update(emptied_at=now())
        HeldRecord.objects.filter(hold__in=holds).delete()
    return gone


def _still_held(shelf: Shelf) -> bool:
    return whole_is_held(scope_named(shelf.scope_kind, shelf.scope_id))


def _shelf(scope: Scope, until: date, reason: str) -> Shelf:
    return Shelf.objects.get_or_create(scope_kind=scope.kind, scope_id=scope.id, reason=reason, until=until)[0]


def _copy(
    kind: type[KeptRecord] | type[HeldRecord], place: dict[str, Any], scope: Scope, row: models.Model, fields: Any
) -> None:
    wanted = {"source": row._meta.label, "row": str(row.pk), **place}
    copy = kind._default_manager.filter(**wanted).first() or kind(**wanted)
    copy.scope_kind, copy.scope_id = scope.kind, scope.id
    copy.facts = dict(_facts(row, set(fields) if fields is not None else None))
    copy.save()


def _facts(row: models.Model, wanted: set[str] | None) -> Iterator[tuple[str, Any]]:
    for field in row._meta.concrete_fields:
        if not isinstance(field, BlindIndexField) and (wanted is None or field.name in wanted):
            value = getattr(row, field.attname)
            is_bytes = isinstance(value, bytes | memoryview)
            yield field.attname, {"base64": b64encode(bytes(value)).decode()} if is_bytes else value


def _kept_tables() -> Iterator[tuple[Declaration, type[models.Model]]]:
    for label in sorted(declarations):
        model = apps.get_model(label)
        if _rules_to_keep(declarations[label]) and model._meta.app_label != "retention":
            yield declarations[label], model


def _rules_to_keep(declared: Declaration) -> list[str]:
    return [fact.retention for fact in declared.facts.values() if isinstance(fact, PD) and fact.erase == "keep"]


def _kept_fields(declared: Declaration) -> list[str]:
    facts = declared.facts.items()
    return [name for name, fact in facts if not isinstance(fact, PD) or fact.erase == "keep"]


def _rule_of(declared: Declaration) -> Retention:
    rule = RETENTION[_rules_to_keep(declared)[0]]
    return rule if rule.counts_from_row else OTHERWISE


def _with_start(declared: Declaration, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    nothing = models.Value(None, output_field=models.DateTimeField())
    found: models.QuerySet[Any] = rows.annotate(kept_since=models.F(declared.since) if declared.since else nothing)
    return found


def _until(declared: Declaration, start: date | datetime | None) -> date:
    """The day through which the law keeps what began at `start`; where nothing began yet it begins today."""
    day = start.date() if isinstance(start, datetime) else start
    end: date = ends_on(_rule_of(declared), day or today())
    return end
