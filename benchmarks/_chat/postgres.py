"""A PostgreSQL cluster of its own for a peer, with every commit reaching the disk, if PostgreSQL is installed."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
USER = "bench"


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def cluster() -> Iterator[int]:
    """Its port on loopback; anybody there is USER without a password, and has a database of that name."""
    folder, port = Path(tempfile.mkdtemp(prefix="allonce-bench-pg-")), free_port()
    data, tool = folder / "data", BINARIES[-1]
    folder.chmod(0o755)
    data.mkdir()
    if os.getuid() == 0:
        shutil.chown(data, "postgres", "postgres")
    try:
        _owned(str(tool / "initdb"), "-D", str(data), "-U", USER, "-A", "trust")
        options = f"-p {port} -k {data} -c listen_addresses=127.0.0.1 -c max_connections=200"
        _owned(str(tool / "pg_ctl"), "-D", str(data), "-w", "-l", str(data / "log"), "-o", options, "start")
        subprocess.run([tool / "createdb", "-h", "127.0.0.1", "-p", str(port), "-U", USER, USER], check=True)
        yield port
    finally:
        subprocess.run(_as_owner(str(tool / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop"), check=False)
        shutil.rmtree(folder, ignore_errors=True)


def run_sql(port: int, file: Path) -> None:
    """Run a file of statements."""
    command = [
        str(BINARIES[-1] / "psql"),
        "-h",
        "127.0.0.1",
        "-p",
        str(port),
        "-U",
        USER,
        "-q",
        "-v",
        "ON_ERROR_STOP=1",
    ]
    subprocess.run([*command, "-f", str(file), USER], check=True, stdout=subprocess.DEVNULL)


def count_rows(port: int, table: str) -> int:
    """How many rows a table has."""
    command = [str(BINARIES[-1] / "psql"), "-h", "127.0.0.1", "-p", str(port), "-U", USER, "-Atc"]
    done = subprocess.run([*command, f"SELECT count(*) FROM {table}", USER], check=True, stdout=subprocess.PIPE)
    return int(done.stdout)


def _owned(*command: str) -> None:
    subprocess.run(_as_owner(*command), check=True, stdout=subprocess.DEVNULL)


def _as_owner(*command: str) -> list[str]:
    """PostgreSQL refuses to run as root."""
    return ["runuser", "-u", "postgres", "--", *command] if os.getuid() == 0 else list(command)
