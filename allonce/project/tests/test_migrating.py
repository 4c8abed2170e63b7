"""Migrations that render each new model alone leave the tables that Django's own way leaves."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

ALLONCE_WAY = "from django.core.management import execute_from_command_line as run; run(['', 'migrate', '-v', '0'])"
DJANGOS_WAY = """
import django; django.setup()
from django.core.management import call_command
from django.core.management.commands.migrate import Command
call_command(Command(), verbosity=0)
"""


def tables(folder: Path, program: str) -> list[str]:
    """What migrating an empty installation makes, in SQL, by name."""
    environment = {"ALLONCE_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "allonce.project.settings"}
    subprocess.run([sys.executable, "-c", program], check=True, env=environment, timeout=200)
    with sqlite3.connect(folder / "allonce.sqlite3") as made:
        return [sql for (sql,) in made.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")]


@pytest.mark.slow
@pytest.mark.engine("sqlite3")
def test_each_table_is_made_as_django_makes_it(tmp_path: Path) -> None:
    theirs = tables(tmp_path / "theirs", DJANGOS_WAY)
    assert len(theirs) > 300
    assert tables(tmp_path / "ours", ALLONCE_WAY) == theirs
