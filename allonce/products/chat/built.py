"""What the front-end build made for Chat: files that the server hands out itself."""

from functools import cache
from pathlib import Path

from django.conf import settings


def built_file(client: str, name: str) -> str:
    """A text file of a client's build, read anew while developing; "" where there is no build."""
    path = Path(f"{settings.BUILD_DIR}/{client}/{name}")
    return _read(path) if settings.DEBUG else _kept(path)


def is_built(client: str) -> bool:
    """Whether the client's pages can be shown."""
    return bool(built_file(client, ".vite/manifest.json"))


def _read(path: Path) -> str:
    return path.read_text() if path.is_file() else ""


_kept = cache(_read)
