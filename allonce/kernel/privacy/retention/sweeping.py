"""The sweep: every row goes when its declared rule says so, in short steps, and the run writes down how many."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.db.models import F
from django.db.models.deletion import CASCADE

from allonce.kernel.clock import now
from allonce.kernel.privacy.retention.holding import not_held
from allonce.kernel.privacy.retention.models import SweepCount, SweepRun
from allonce.kernel.privacy.retention.rules import Rule, rules

# Rows are looked up without a lock, then taken in steps that hold SQLite's only write lock for about so long; in the
# pause after each others get theirs.
LOOKED_UP = 2000
SMALLEST_STEP = 50
STEP_SECONDS = 0.04
SHORTEST_PAUSE = 0.005


@dataclass(frozen=True)
class Line:
    """What one rule would take now: `rows` go or lose fields, `held` would if no legal hold kept them.

    `follows` counts rows of other tables that hang on those and go with them.
    """

    rule: Rule
    rows: int
    held: int
    follows: dict[str, int]


def dry_run(as_of: datetime | None = None) -> list[Line]:
    """What a sweep at `as_of` (now, if not given) would take. Changes nothing."""
    moment = as_of or now()
    return [_line(rule, moment) for rule in rules()]


def sweep(*, pause: bool = True) -> SweepRun:
    """Take everything whose time is over, step by step; goes on with a run that was cut short.

    Call it outside a transaction: each step commits by itself, together with its count.
    """
    run = SweepRun.objects.filter(finished_at=None).order_by("pk").first() or SweepRun.objects.create()
    for rule in rules():
        for _step in _steps(run, rule):
            if pause:
                _let_others_write(_step)
        _count_held(run, rule)
    SweepRun.objects.filter(pk=run.pk).update(finished_at=now())
    run.refresh_from_db()
    return run


def _line(rule: Rule, as_of: datetime) -> Line:
    expired = rule.expired(as_of)
    free = not_held(expired)
    gone = free.count()
    follows = {} if rule.action == "null" or not gone else _followers(rule.model, free)
    return Line(rule, gone, expired.count() - gone, follows)


def _followers(model: type[models.Model], rows: models.QuerySet[Any]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for relation in model._meta.related_objects:
        child: Any = relation.related_model
        if relation.on_delete is CASCADE:
            theirs = child._base_manager.filter(**{f"{relation.field.name}__in": rows.values("pk")})
            for table, count in ({child._meta.label: theirs.count()} | _followers(child, theirs)).items():
                counts[table] = counts.get(table, 0) + count
    return {table: count for table, count in counts.items() if count}


def _steps(run: SweepRun, rule: Rule) -> Iterator[float]:
    """Take batch after batch in the order of their ids, yielding how long each held the lock (seconds)."""
    size = SMALLEST_STEP
    for found in _expired_ids(run, rule):
        taken_so_far = 0
        while ids := found[taken_so_far : taken_so_far + size]:
            taken_so_far += len(ids)
            begun = time.monotonic()
            with transaction.atomic():
                _take(run, rule, ids)
            taken = time.monotonic() - begun
            size = _next_size(len(ids), taken)
            yield taken


def _expired_ids(run: SweepRun, rule: Rule) -> Iterator[list[Any]]:
    after: int | str | UUID | None = None
    while True:
        left = not_held(rule.expired(run.as_of)).order_by("pk")
        found = list(
            (left.filter(pk__gt=after) if after is not None else left).values_list("pk", flat=True)[:LOOKED_UP]
        )
        if not found:
            return
        after = found[-1]
        yield found


def _next_size(rows: int, seconds: float) -> int:
    """How many rows fit a step, judged by the last one; at most twice as many, since the last may have been luck."""
    fitting = int(rows * STEP_SECONDS / max(seconds, 0.0001))
    return max(SMALLEST_STEP, min(fitting, rows * 2, LOOKED_UP))


def _take(run: SweepRun, rule: Rule, ids: list[Any]) -> None:
    # Asked again within the transaction: what was touched or held a moment ago stays.
    rows = not_held(rule.expired(run.as_of)).filter(pk__in=ids)
    if rule.action == "null":
        _count(run, rule, rule.table, "null", rows.update(**dict.fromkeys(rule.fields)))
        return
    _total, by_table = rows.delete()
    for table, gone in by_table.items():
        _count(run, rule, table, "delete" if table == rule.table else "follow", gone)


def _count(run: SweepRun, rule: Rule, table: str, action: str, rows: int) -> None:
    counted, _made = SweepCount.objects.get_or_create(run=run, table=table, rule=rule.retention, action=action)
    SweepCount.objects.filter(pk=counted.pk).update(rows=F("rows") + rows)


def _count_held(run: SweepRun, rule: Rule) -> None:
    expired = rule.expired(run.as_of)
    held = expired.count()
    if held:
        _count(run, rule, rule.table, rule.action, 0)
        counted = SweepCount.objects.filter(run=run, table=rule.table, rule=rule.retention, action=rule.action)
        counted.update(held=held)


def _let_others_write(seconds: float) -> None:
    time.sleep(max(SHORTEST_PAUSE, seconds))
