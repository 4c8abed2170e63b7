"""Where rows live: the main database, and the keys apart from the data."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

# Writers queue instead of failing, readers never wait, and every commit reaches the disk.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
    ),
}


def database(url: str, default: Path) -> dict[str, Any]:
    """Django's settings for `url` (postgresql://user:password@host:port/name?option=value), or for a SQLite file."""
    if not url:
        default.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(default), "OPTIONS": dict(SQLITE_OPTIONS)}
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ValueError(f"Database addresses start with postgresql://, not {parts.scheme}://")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8}, **dict(parse_qsl(parts.query))},
    }


class KeysRouter:
    """Sends the vault's key models to the `keys` database and everything else to `default`."""

    KEY_APP = "vault"

    def db_for_read(self, model: Any, **_hints: Any) -> str:
        return "keys" if model._meta.app_label == self.KEY_APP else "default"

    db_for_write = db_for_read

    def allow_relation(self, one: Any, other: Any, **_hints: Any) -> bool:
        return self.db_for_read(type(one)) == self.db_for_read(type(other))

    def allow_migrate(self, db: str, app_label: str, **_hints: Any) -> bool:
        return (db == "keys") == (app_label == self.KEY_APP)
