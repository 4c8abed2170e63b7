"""Reading and writing the draft by path. Writes gather and reach the database together."""

import base64
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from allonce.products.catalogue import paths
from allonce.products.catalogue.models import Catalogue, Part, UndoStep
from allonce.products.catalogue.personal import refuse_personal_data

Bodies = dict[str, bytes | None]


class Draft:
    """One Catalogue's draft. Reading needs no transaction; `save()` belongs inside one that locked the
    Catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._pending: Bodies = {}

    def read(self, path: str) -> Any | None:
        """The piece at `path`, or None where there is none."""
        body = self.read_bytes(path)
        return None if body is None else paths.from_bytes(body)

    def read_bytes(self, path: str) -> bytes | None:
        if path in self._pending:
            return self._pending[path]
        body = self._parts().filter(path=path).values_list("body", flat=True).first()
        return None if body is None else bytes(body)

    def read_under(self, folder: str) -> dict[str, Any]:
        """All pieces below `folder`, blocks in the order of their numbers."""
        return {path: paths.from_bytes(body) for path, body in self.bodies_under(folder)}

    def read_heads(self, folder: str) -> dict[str, Any]:
        """The pieces directly in `folder`, without those in folders of their own below it."""
        paths_there = self._parts().filter(path__startswith=folder).values_list("path", flat=True)
        wanted = {path for path in [*paths_there, *self._pending] if path.startswith(folder)}
        heads = sorted(path for path in wanted if "/" not in path[len(folder) :])
        return {path: paths.from_bytes(body) for path, body in self.bodies_of(heads).items() if body is not None}

    def bodies_of(self, wanted: Iterable[str]) -> Bodies:
        """The bytes at these paths; a path where nothing stands is absent or None."""
        wanted = list(wanted)
        found = self._stored(path for path in wanted if path not in self._pending)
        return found | {path: self._pending[path] for path in wanted if path in self._pending}

    def bodies_under(self, *folders: str) -> Iterator[tuple[str, bytes]]:
        found: Bodies = {}
        for folder in folders:
            stored = self._parts().filter(path__startswith=folder, body__isnull=False)
            found.update((path, bytes(body)) for path, body in stored.values_list("path", "body") if body is not None)
            found.update((path, body) for path, body in self._pending.items() if path.startswith(folder))
        for path in sorted(found, key=_natural):
            body = found[path]
            if body is not None:
                yield path, body

    def write(self, path: str, value: Any) -> None:
        self._pending[path] = paths.to_bytes(value)

    def write_bytes(self, path: str, body: bytes) -> None:
        self._pending[path] = body

    def remove(self, path: str) -> None:
        self._pending[path] = None

    def remove_under(self, folder: str) -> None:
        for path in [path for path, _ in self.bodies_under(folder)]:
            self.remove(path)

    def save(self, *, undoable: bool = False) -> UndoStep | None:
        """Writes what differs from the stored pieces, counts one revision, and keeps the former bytes if
        asked."""
        former = self._stored(self._pending)
        changed = {path: body for path, body in self._pending.items() if former.get(path) != body}
        self._pending = {}
        if not changed:
            return None
        _refuse_personal_data(changed)
        self._store(changed)
        self.catalogue.revision += 1
        self.catalogue.save(update_fields=["revision"])
        return self._keep(former, changed) if undoable else None

    def _parts(self) -> Any:
        return Part.objects.filter(catalogue=self.catalogue)

    def _stored(self, wanted: Iterable[str]) -> Bodies:
        found: Bodies = {}
        for some in _slices(list(wanted), 500):
            rows = self._parts().filter(path__in=some).values_list("path", "body")
            found.update((path, None if body is None else bytes(body)) for path, body in rows)
        return found

    def _store(self, changed: Mapping[str, bytes | None]) -> None:
        parts = [Part(catalogue=self.catalogue, path=path, body=body) for path, body in changed.items()]
        Part.objects.bulk_create(
            parts,
            batch_size=200,
            update_conflicts=True,
            unique_fields=["catalogue", "path"],
            update_fields=["body", "changed"],
        )

    def _keep(self, former: Bodies, changed: Bodies) -> UndoStep:
        before = {path: _as_text(former.get(path)) for path in changed}
        after = {path: body and paths.hash_of(body) for path, body in changed.items()}
        return UndoStep.objects.create(catalogue=self.catalogue, before=before, after=after)


def _as_text(body: bytes | None) -> str | None:
    return None if body is None else base64.b64encode(body).decode()


def _refuse_personal_data(changed: Mapping[str, bytes | None]) -> None:
    for path, body in changed.items():
        if body is not None and not path.startswith((paths.PICTURES, paths.TAXES)):
            refuse_personal_data(paths.from_bytes(body))


def _natural(path: str) -> tuple[str, int]:
    head, _, tail = path.rpartition("/")
    return (head, int(tail)) if tail.isdigit() else (path, -1)


def _slices(items: list[str], size: int) -> Iterator[list[str]]:
    return (items[start : start + size] for start in range(0, len(items), size))
