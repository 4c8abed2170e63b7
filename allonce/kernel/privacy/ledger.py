"""The erasure ledger: what was erased, kept outside both databases, so that a restored backup forgets it again.

It names nobody: a line holds a keyed hash of the id that was erased, under a key made from the root secret.
"""

import fcntl
import hashlib
import hmac
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Literal

from django.conf import settings

from allonce.kernel.clock import now
from allonce.kernel.vault import Scope

Kind = Literal["account", "person"]

_listeners: list[Callable[[int, str], None]] = []


class LedgerBroken(Exception):
    """A line of the ledger was changed or is not ours; nothing may be served until a person has looked."""


@dataclass(frozen=True)
class Line:
    """One erasure. `mark` is the keyed hash of the scope that went, `at` is UTC in ISO 8601."""

    kind: Kind
    mark: str
    at: str
    seal: str = ""


def note_erasure(scope: Scope) -> None:
    """Write that this scope is being erased; on disk before it returns. Safe to repeat."""
    if scope.kind not in ("account", "person"):
        raise ValueError("only accounts and persons are erased")
    with _locked() as file:
        number, line = _written(file, mark_of(scope), "account" if scope.kind == "account" else "person")
    for listener in _listeners:
        listener(number, line.seal)


def on_line(listener: Callable[[int, str], None]) -> None:
    """Be told of each new line: how many there are now, and its seal. Called in an app's `ready`."""
    if listener not in _listeners:
        _listeners.append(listener)


def lines() -> list[Line]:
    """Every erasure so far, oldest first. Raises LedgerBroken."""
    if not Path(settings.LEDGER_PATH).exists():
        return []
    with _locked() as file:
        return list(_read(file))


def mark_of(scope: Scope) -> str:
    """How the ledger writes this scope: 64 hex digits that only this installation can make."""
    return _hash(str(scope))


def _written(file: IO[str], mark: str, kind: Kind) -> tuple[int, Line]:
    """The line of this mark and its number, written now unless it stands there already."""
    known = list(_read(file))
    for number, line in enumerate(known, 1):
        if line.mark == mark:
            return number, line
    _cut_half_line(file)
    line = _sealed(Line(kind, mark, now().isoformat()))
    file.write(json.dumps(asdict(line)) + "\n")
    file.flush()
    os.fsync(file.fileno())
    return len(known) + 1, line


def _read(file: IO[str]) -> Iterator[Line]:
    file.seek(0)
    for number, text in enumerate(file, 1):
        if not text.endswith("\n"):
            return  # cut off by a crash before it counted: whoever wrote it writes it again
        line = Line(**json.loads(text))
        if _sealed(Line(line.kind, line.mark, line.at)) != line:
            raise LedgerBroken(f"line {number} of the erasure ledger is not as it was written")
        yield line


def _cut_half_line(file: IO[str]) -> None:
    """Take away what a crash left of a line that never counted, so that the next one stands on its own."""
    file.flush()
    whole = os.pread(file.fileno(), os.fstat(file.fileno()).st_size, 0).rfind(b"\n") + 1
    file.truncate(whole)
    file.seek(0, os.SEEK_END)


def _sealed(line: Line) -> Line:
    return Line(line.kind, line.mark, line.at, _hash(f"{line.kind}|{line.mark}|{line.at}"))


def _hash(text: str) -> str:
    key = hashlib.sha256(b"allonce erasure ledger 1" + settings.VAULT_ROOT_KEY.encode()).digest()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


@contextmanager
def _locked() -> Iterator[IO[str]]:
    path = Path(settings.LEDGER_PATH)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file
