"""The draft and the versions as states that can be compared, and which paths two of them do not share."""

from collections.abc import Mapping
from typing import Any

from django.core.cache import cache

from allonce.products.catalogue import paths
from allonce.products.catalogue.draft import Draft
from allonce.products.catalogue.models import Catalogue, Part
from allonce.products.catalogue.publishing.standing import (
    bodies,
    changes_between,
    entries_at,
    pieces,
    standing,
)
from allonce.products.catalogue.wording.differences import Section, differences

KEPT_SECONDS = 24 * 3600


class DraftState:
    """The draft as it is now."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft

    def piece(self, path: str) -> Any | None:
        return self._draft.read(path)

    def pieces_under(self, folder: str) -> Mapping[str, Any]:
        return self._draft.read_under(folder)


class VersionState:
    """A published version; version 0 is empty."""

    def __init__(self, catalogue: Catalogue, number: int) -> None:
        self._entries = entries_at(catalogue, number)
        self._known: dict[str, Any] = {}

    def piece(self, path: str) -> Any | None:
        if path not in self._known:
            found = bodies(pieces(self._entries.filter(path=path)))
            self._known[path] = paths.from_bytes(found[path]) if path in found else None
        return self._known[path]

    def pieces_under(self, folder: str) -> Mapping[str, Any]:
        found = bodies(pieces(self._entries.filter(path__startswith=folder)))
        return {path: paths.from_bytes(found[path]) for path in sorted(found, key=paths.block_number)}


def changed_paths(catalogue: Catalogue) -> list[str]:
    """Where the draft differs from the standing version. Pieces changed back are not among them."""
    parts = Part.objects.filter(catalogue=catalogue, changed=True).values_list("path", "body")
    hashes = {path: None if body is None else paths.hash_of(bytes(body)) for path, body in parts}
    now_there = standing(catalogue, hashes)
    return sorted(
        path for path, digest in hashes.items() if digest != (now_there[path].hash if path in now_there else None)
    )


def has_changes(catalogue: Catalogue) -> bool:
    """Whether anything in the draft may differ from the standing version."""
    return Part.objects.filter(catalogue=catalogue, changed=True).exists()


def count_changes(catalogue: Catalogue) -> int:
    """How many lines `draft_differences` has; worked out once for each state of the draft."""
    if not has_changes(catalogue):
        return 0
    key = f"catalogue-changes:{catalogue.pk}:{catalogue.revision}:{catalogue.version}"
    count: int | None = cache.get(key)
    if count is None:
        count = sum(section.count for section in draft_differences(catalogue))
        cache.set(key, count, KEPT_SECONDS)
    return count


def draft_differences(catalogue: Catalogue) -> list[Section]:
    """What publishing the draft would change, in words."""
    before = VersionState(catalogue, catalogue.version)
    return differences(before, DraftState(Draft(catalogue)), _told(changed_paths(catalogue)))


def version_differences(catalogue: Catalogue, older: int, newer: int) -> list[Section]:
    """What the newer version changed, in words; `older` 0 is the empty Catalogue."""
    before, after = changes_between(catalogue, older, newer)
    changed = _told({*before, *after})
    return differences(VersionState(catalogue, older), VersionState(catalogue, newer), changed)


def _told(changed: list[str] | set[str]) -> list[str]:
    """Pictures are told by the range row that shows them."""
    return [path for path in changed if not path.startswith(paths.PICTURES)]
