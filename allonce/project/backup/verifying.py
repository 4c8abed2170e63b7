"""Is a backup whole, and does it open? Asked of every backup once it is made, and by hand of old ones."""

from pathlib import Path

from allonce.project.backup.container import Unreadable, opened
from allonce.project.backup.manifest import NAME, Manifest, kind_of, read_manifest


def verify(folder: Path) -> Manifest:
    """Check a backup's manifest and checksums, and decrypt each of its files to the end, keeping nothing of them.

    Raises Unreadable, saying what is wrong; a folder without a manifest is no backup.
    """
    if not (folder / NAME).is_file():
        raise Unreadable(f"{folder} holds no finished backup")
    manifest = read_manifest(folder, kind_of(folder))
    for name in manifest.files:
        for _piece in opened(folder / name):
            pass
    return manifest
