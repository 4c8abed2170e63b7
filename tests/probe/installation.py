"""A whole installation of its own for one test: data folder, databases on disk, commands as real processes."""

import atexit
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from uuid import uuid4

import psycopg
from psycopg import sql

PRELUDE = """
import os
import django
os.environ["DJANGO_SETTINGS_MODULE"] = "allonce.project.settings"
django.setup()
"""
MIGRATE = """
from django.core.management import call_command
call_command("migrate", run_syncdb=True, verbosity=0)
call_command("migrate", database="keys", verbosity=0)
"""
ROOT = Path(__file__).resolve().parents[2]
VARIABLES = ("ALLONCE_DATABASE_URL", "ALLONCE_KEYS_DATABASE_URL")


class Installation:
    """Commands run against it as `python -m allonce ...`, the way an operator runs them."""

    def __init__(self, folder: Path, **variables: str) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.environment = os.environ | {
            "ALLONCE_DATA_DIR": str(self.data),
            "ALLONCE_EXTRA_APPS": '["tests.probe"]',
            "PYTHONPATH": str(ROOT),
            **variables,
        }
        # Tests mix threads and loops; a real installation does not.
        self.environment.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)

    def run(self, *command: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run `allonce ...` to its end."""
        return self._finish([sys.executable, "-m", "allonce", *command], check=check)

    def python(self, code: str) -> str:
        """Run code inside this installation's Django; returns what it printed."""
        return self._finish([sys.executable, "-c", PRELUDE + code], check=True).stdout

    @contextmanager
    def holding(self, code: str) -> Iterator[None]:
        """Run code and keep its process, with its open databases, for the block, as a running server does."""
        wait = "\nimport sys\nprint('done', flush=True)\nsys.stdin.readline()"
        command = [sys.executable, "-c", PRELUDE + code + wait]
        pipe = subprocess.PIPE
        with subprocess.Popen(command, env=self.environment, cwd=ROOT, stdin=pipe, stdout=pipe) as process:
            assert process.stdout
            assert process.stdin
            assert process.stdout.readline() == b"done\n"
            yield
            process.stdin.close()

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        """Start `allonce ...` and leave it running."""
        return subprocess.Popen(
            [sys.executable, "-m", "allonce", *command],
            env=self.environment,
            cwd=ROOT,
            stderr=subprocess.DEVNULL,
        )

    def migrate(self) -> None:
        """Make the tables of both databases."""
        self.python(MIGRATE)

    def _finish(self, command: list[str], *, check: bool) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            command, env=self.environment, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 0 or not check, done.stderr
        return done


@contextmanager
def installed(folder: Path, **more: str) -> Iterator[Installation]:
    """A fresh installation on the engine that this test run uses, with its tables made; `more` is set as well."""
    server = os.environ.get("ALLONCE_DATABASE_URL", "")
    if not server:
        made = Installation(folder, **dict.fromkeys(VARIABLES, ""), **more)
        shutil.copytree(_migrated_once(), made.data)
        yield made
        return
    with databases(server, _migrated_on(server)) as variables:
        yield Installation(folder, **variables, **more)


# Making all tables takes seconds, copying them none.
@cache
def _migrated_once() -> Path:
    pattern = Installation(Path(mkdtemp(prefix="allonce-pattern-")), ALLONCE_DATABASE_URL="")
    pattern.migrate()
    atexit.register(shutil.rmtree, pattern.folder, ignore_errors=True)
    return pattern.data


@cache
def _migrated_on(server: str) -> tuple[str, str]:
    """The names of two databases with all tables, dropped when the process ends."""
    made = ExitStack()
    atexit.register(made.close)
    variables = made.enter_context(databases(server))
    with TemporaryDirectory(prefix="allonce-pattern-") as folder:
        Installation(Path(folder), **variables).migrate()
    data, keys = (variables[name].rpartition("/")[2] for name in VARIABLES)
    return data, keys


@contextmanager
def databases(server: str, patterns: tuple[str, str] = ("template1", "template1")) -> Iterator[dict[str, str]]:
    """Two databases like `patterns` on the PostgreSQL server of `server`, or files when there is none."""
    if not server:
        yield dict.fromkeys(VARIABLES, "")
        return
    names = [f"allonce_probe_{uuid4().hex[:12]}" for _ in patterns]
    base = server.rpartition("/")[0]
    with psycopg.connect(server, autocommit=True) as connection:
        for name, pattern in zip(names, patterns, strict=True):
            command = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
            connection.execute(command.format(sql.Identifier(name), sql.Identifier(pattern)))
    try:
        yield dict(zip(VARIABLES, (f"{base}/{name}" for name in names), strict=True))
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            for name in names:
                connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
