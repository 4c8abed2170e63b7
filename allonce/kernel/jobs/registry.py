"""Declaring jobs and schedules, and queueing them."""

import inspect
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Generic, ParamSpec, get_type_hints
from uuid import UUID

from allonce.kernel.clock import now
from allonce.kernel.jobs.many import put_many
from allonce.kernel.jobs.models import Job
from allonce.kernel.jobs.periods import Period, parse_period
from allonce.kernel.jobs.types import BadJob

P = ParamSpec("P")
ID_TYPES: tuple[type, ...] = (UUID, int, str)
CODE = re.compile(r"[A-Za-z0-9_.:-]{1,64}")

registered: dict[str, "JobType[Any]"] = {}


@dataclass(frozen=True)
class JobType(Generic[P]):
    """A function that can run later. Calling it runs it now."""

    name: str
    run: Callable[P, None]
    max_attempts: int
    transactional: bool
    kinds: list[type] = field(default_factory=list)
    periods: list[Period] = field(default_factory=list)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> None:
        self.run(*args, **kwargs)

    def later(self, *args: P.args, **kwargs: P.kwargs) -> UUID:
        """Queue it in the caller's transaction; it runs once that has committed. Raises BadJob for non-ids."""
        return self._queue(now(), args, kwargs)

    def after(self, delay: timedelta, *args: P.args, **kwargs: P.kwargs) -> UUID:
        """Like later(), but not before `delay` has passed."""
        return self._queue(now() + delay, args, kwargs)

    def later_many(self, calls: Sequence[Sequence[UUID | int | str]]) -> None:
        """Like later() for each of these lists of arguments, with one statement. Raises BadJob for non-ids."""
        stored = [[_stored(kind, value) for kind, value in zip(self.kinds, each, strict=True)] for each in calls]
        put_many(Job(name=self.name, run_at=now(), max_attempts=self.max_attempts), stored)

    def run_with(self, stored: list[Any]) -> None:
        """Run it with arguments as the queue holds them."""
        values = [kind(value) for kind, value in zip(self.kinds, stored, strict=True)]
        self.run(*values)  # type: ignore[call-arg]

    def _queue(self, run_at: datetime, args: tuple[Any, ...], kwargs: dict[str, Any]) -> UUID:
        bound = inspect.signature(self.run).bind(*args, **kwargs)
        bound.apply_defaults()
        stored = [_stored(kind, value) for kind, value in zip(self.kinds, bound.args, strict=True)]
        made = Job(name=self.name, args=stored, run_at=run_at, max_attempts=self.max_attempts)
        made.save(force_insert=True)
        return made.id


def job(name: str, *, max_attempts: int = 8, transactional: bool = True) -> Callable[[Callable[P, None]], JobType[P]]:
    """Declare a job. Its parameters are ids: UUID, int or a short code (str).

    A transactional job's effects and its completion commit together, so they happen exactly once. A job that
    talks to the outside (a relay, a web hook) says transactional=False: it holds no transaction while it
    waits, may run again after a crash, and must recognise its own repetition.
    """

    def declare(run: Callable[P, None]) -> JobType[P]:
        if name in registered and registered[name].run.__module__ != run.__module__:
            raise BadJob(f"two jobs are called {name}")
        made = JobType(name, run, max_attempts, transactional, _kinds(run))
        registered[name] = made
        return made

    return declare


def every(period: timedelta | str) -> Callable[[JobType[[]] | Callable[[], None]], JobType[[]]]:
    """Run a job without parameters once in each period: a timedelta, or "daily at 03:15" (London time).

    A plain function becomes a job named after its app and itself, such as `catalogue.forget_undo_steps`.
    """

    def declare(given: JobType[[]] | Callable[[], None]) -> JobType[[]]:
        made = given if isinstance(given, JobType) else job(_name_of(given))(given)
        if made.kinds:
            raise BadJob(f"{made.name} is scheduled and so cannot have parameters")
        made.periods.append(parse_period(period))
        return made

    return declare


def _name_of(run: Callable[..., None]) -> str:
    return f"{run.__module__.removesuffix('.jobs').rpartition('.')[2]}.{run.__name__}"


def _kinds(run: Callable[..., None]) -> list[type]:
    hints = get_type_hints(run)
    kinds = [hints.get(name) for name in inspect.signature(run).parameters]
    for kind in kinds:
        if kind not in ID_TYPES:
            raise BadJob(f"{run.__name__}: parameters of jobs are UUID, int or str, not {kind}")
    return [kind for kind in kinds if kind]


def _stored(kind: type, value: Any) -> Any:
    if not isinstance(value, kind) or isinstance(value, bool):
        raise BadJob(f"expected {kind.__name__}, got {type(value).__name__}")
    if isinstance(value, str) and not CODE.fullmatch(value):
        raise BadJob("text arguments are short codes; put content into a row and pass its id")
    return str(value) if isinstance(value, UUID) else value
