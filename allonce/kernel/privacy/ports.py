"""What the privacy rooms ask of each other, and of rooms and products above them. Registered in `ready`."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from allonce.kernel.audit import Actor
from allonce.kernel.privacy.ledger import Kind
from allonce.kernel.vault import Scope


@dataclass(frozen=True)
class Hold:
    """Something that must not be erased yet: why, in words for the person concerned, and from when until when."""

    reason: str
    since: date
    until: date | None = None


class Holds(Protocol):
    """Who knows of legal holds."""

    def holds_on(self, scope: Scope) -> list[Hold]:
        """The holds that stand today on this person or account."""


class Keeper(Protocol):
    """Who keeps copies of what the law obliges to keep, under a key that outlives the subject's own."""

    def keep(self, rows: Sequence[Any], until: date, reason: str, *, fields: Iterable[str] | None = None) -> object:
        """Keep these rows (of them only `fields`, if named), opened now, until that day.

        Runs in the caller's transaction, before the rows go.
        """


class AccountEnder(Protocol):
    """Who ends an account's agreement."""

    def end(self, account_id: UUID, actor: Actor) -> object:
        """Start the end of an account in the caller's transaction; safe to repeat."""

    def is_ending(self, account_id: UUID) -> bool:
        """Whether its end has been started."""


class RightsActions(Protocol):
    """How a decided request is carried out for the person it is about."""

    def export_for(self, person_id: UUID) -> bytes:
        """The whole archive of what is held of this person."""

    def erase_person(self, person_id: UUID, *, actor: Actor) -> object:
        """Erase this person everywhere."""

    def restrict(self, person_id: UUID, *, actor: Actor) -> object:
        """Restrict processing of this person's data to storage and claims."""


class ErasureListener(Protocol):
    """Told before a person's rows go, in the same transaction."""

    def before_erasure(self, person_id: UUID, actor: Actor) -> None:
        """Put in order what hangs on this person in ways that no declaration tells."""


@dataclass(frozen=True)
class OwnFile:
    """A file of a person's that lies under another key than their own; `read` raises VaultError where it is gone."""

    name: str
    read: Callable[[], bytes] = field(repr=False)


@dataclass(frozen=True)
class AccountExport:
    """A page on which an owner takes a copy of the account along; `url_name` is reversed without arguments."""

    url_name: str
    label: Any


# Erases again, after a restore, what the ledger names and is there again; returns how many.
Replayer = Callable[[], int]
# Given a person: the files that are theirs beside those under their own key.
OwnFiles = Callable[[UUID], Iterable[OwnFile]]

_holds: list[Holds] = []
_keepers: list[Keeper] = []
_enders: list[AccountEnder] = []
_actions: list[RightsActions] = []
_listeners: list[ErasureListener] = []
_replayers: dict[Kind, Replayer] = {}
_exports: list[AccountExport] = []
_own_files: list[OwnFiles] = []


def register_holds(source: Holds) -> None:
    """Let erasure ask this room for holds."""
    _holds.append(source)


def holds_on(scope: Scope) -> list[Hold]:
    """Every hold that stands today on this person or account."""
    return [hold for source in _holds for hold in source.holds_on(scope)]


def register_keeper(keeper: Keeper) -> None:
    """Be the one who keeps what the law obliges to keep."""
    _keepers[:] = [keeper]


def keeper() -> Keeper | None:
    """Who keeps, if anybody does."""
    return _keepers[0] if _keepers else None


def register_account_ender(ender: AccountEnder) -> None:
    """Be the one who ends accounts."""
    _enders[:] = [ender]


def account_ender() -> AccountEnder | None:
    """Who ends accounts, if anybody does."""
    return _enders[0] if _enders else None


def register_rights_actions(actions: RightsActions) -> None:
    """Be the one who carries out decided requests."""
    _actions[:] = [actions]


def rights_actions() -> RightsActions:
    """Who carries out decided requests. Raises LookupError before anybody registered."""
    if not _actions:
        raise LookupError("no room carries out rights")
    return _actions[0]


def register_erasure_listener(listener: ErasureListener) -> None:
    """Hear of erasures before they happen."""
    _listeners.append(listener)


def erasure_listeners() -> tuple[ErasureListener, ...]:
    """Everybody who wants to know."""
    return tuple(_listeners)


def register_replayer(kind: Kind, replay: Replayer) -> None:
    """Erase again, after a restore, every subject of this kind that stands in the ledger."""
    _replayers[kind] = replay


def replayers() -> dict[Kind, Replayer]:
    """How to erase again, by kind."""
    return dict(_replayers)


def register_account_export(export: AccountExport) -> None:
    """Offer a copy to owners who end their account."""
    if export not in _exports:
        _exports.append(export)


def account_exports() -> tuple[AccountExport, ...]:
    """All that is on offer."""
    return tuple(_exports)


def register_own_files(source: OwnFiles) -> None:
    """Say which files elsewhere are a person's own, so that their copy has them."""
    if source not in _own_files:
        _own_files.append(source)


def own_files(person_id: UUID) -> Iterator[OwnFile]:
    """All of them, of every product that has such."""
    for source in _own_files:
        yield from source(person_id)
