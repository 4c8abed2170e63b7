"""The register in docs/promises: one file a service, one row a promise; and what is to come later, with the reason."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from allonce.project.environment import HOME

FOLDER = HOME / "docs" / "promises"
LATER = "later.toml"
# In the order in which people read them; a file of another name comes after these under its own.
SERVICES: dict[str, Any] = {
    "platform": _("Common to all"),
    "field": _("Setup, Mobile, Time and Track"),
    "chat": _("Chat"),
    "managed": _("Managed services"),
    "dating": _("Dating"),
}


@dataclass(frozen=True)
class Promise:
    """One row of the register: `source` names the clause it comes from, `shown` what a reader can observe."""

    id: str
    service: str
    source: str
    says: str
    shown: str


@dataclass(frozen=True)
class Register:
    """All promises in reading order, and those that come later: id to reason."""

    promises: tuple[Promise, ...]
    later: dict[str, str]

    @property
    def ids(self) -> set[str]:
        """The ids of all promises."""
        return {promise.id for promise in self.promises}


class RegisterBroken(Exception):
    """The register is missing, names a promise twice, or lacks part of a row."""


def read_register(folder: Path) -> Register:
    """The register as it lies in `folder`. Raises RegisterBroken."""
    files = sorted((path for path in folder.glob("*.toml") if path.name != LATER), key=_place)
    if not files:
        raise RegisterBroken(f"there is no register in {folder}")
    promises = tuple(promise for path in files for promise in _rows(path))
    ids = [promise.id for promise in promises]
    twice = sorted({each for each in ids if ids.count(each) > 1})
    if twice:
        raise RegisterBroken(f"named twice: {', '.join(twice)}")
    return Register(promises, _later(folder / LATER))


@cache
def register() -> Register:
    """The installation's register, read once a process. Raises RegisterBroken."""
    return read_register(FOLDER)


def _place(path: Path) -> tuple[int, str]:
    order = list(SERVICES)
    return (order.index(path.stem) if path.stem in order else len(order), path.stem)


def _rows(path: Path) -> list[Promise]:
    try:
        rows = tomllib.loads(path.read_text())["promise"]
        return [Promise(row["id"], path.stem, row["source"], row["says"], row["shown"]) for row in rows]
    except (KeyError, TypeError, tomllib.TOMLDecodeError) as error:
        raise RegisterBroken(f"{path.name}: {error}") from error


def _later(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    reasons = tomllib.loads(path.read_text()).get("later", {})
    return {str(promise): str(reason) for promise, reason in reasons.items()}
