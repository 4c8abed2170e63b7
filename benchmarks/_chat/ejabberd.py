"""The peer: ejabberd with its message archive (XEP-0313) on PostgreSQL, driven as our own server is.

A message counts when its reader has it: the archive's rows of both sides are committed before that. It runs only
where ejabberd, its PostgreSQL driver and PostgreSQL are installed (Debian: ejabberd erlang-p1-pgsql postgresql).
"""

import asyncio
import base64
import shutil
import socket
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks._chat.postgres import BINARIES, USER, cluster, count_rows, free_port, run_sql

SCHEMA = Path("/usr/share/ejabberd/sql/pg.sql")
DRIVER = "erlang/lib/p1_pgsql-*"
IN_FLIGHT = 3
WORDS = "Good morning, is the blue one on your page still there?"
CONFIG = """
hosts: [localhost]
loglevel: error
listen: [{{port: {port}, ip: "127.0.0.1", module: ejabberd_c2s, starttls: false, shaper: none, access: all,
  max_stanza_size: 65536, backlog: 1024}}]
auth_method: sql
default_db: sql
sql_type: pgsql
sql_server: "127.0.0.1"
sql_port: {database}
sql_database: {user}
sql_username: {user}
sql_password: ""
sql_pool_size: 20
modules: {{mod_mam: {{db_type: sql, default: always, request_activates_archiving: false}}}}
"""


def missing() -> str:
    """What is not installed here; empty if all is there."""
    found = {
        "ejabberd": shutil.which("ejabberdctl") and shutil.which("erl") and SCHEMA.exists(),
        "its PostgreSQL driver": any(Path("/usr/lib").glob(DRIVER)),
        "PostgreSQL": bool(BINARIES),
    }
    return ", ".join(name for name, there in found.items() if not there)


def durable_rate(conversations: int, rounds: int, seconds: float) -> float | None:
    """Archived and delivered messages a second (median of the rounds), or None where the peer is not installed."""
    lacking = missing()
    if lacking:
        print(f"no peer: {lacking} not installed here, so nothing is compared with ejabberd")
        return None
    with cluster() as database, _running(database, 2 * conversations) as port:
        rates, delivered = asyncio.run(_measure(port, conversations, rounds, seconds))
        if count_rows(database, "archive") < delivered:
            raise RuntimeError("ejabberd did not archive what it delivered")
    return statistics.median(rates)


@contextmanager
def _running(database: int, users: int) -> Iterator[int]:
    folder = Path(tempfile.mkdtemp(prefix="allonce-bench-ejabberd-"))
    run_sql(database, SCHEMA)
    people = folder / "people.sql"
    numbers = f"SELECT 'u' || n, 'secret' FROM generate_series(0, {users - 1}) n"
    people.write_text(f"INSERT INTO users (username, password) {numbers};")
    run_sql(database, people)
    port = free_port()
    (folder / "ejabberd.yml").write_text(CONFIG.format(port=port, database=database, user=USER))
    process = subprocess.Popen(_command(folder), cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        _wait_for(port, process)
        yield port
    finally:
        process.kill()
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _command(folder: Path) -> list[str]:
    """A node without a name needs no daemon beside it."""
    libraries = [str(each) for each in Path("/usr/lib").glob("*/ejabberd-*/ebin")]
    libraries += [str(each) for each in Path("/usr/lib").glob("ejabberd*/ebin")]
    command = ["erl", "+P", "250000", "+Q", "32768", "-noinput", "-mnesia", "dir", f'"{folder}/mnesia"']
    command += ["-ejabberd", "config", f'"{folder}/ejabberd.yml"', "log_path", f'"{folder}/ejabberd.log"']
    return [*command, *(["-pa", *libraries] if libraries else []), "-s", "ejabberd"]


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("ejabberd does not start")


class _Load:
    def __init__(self) -> None:
        self.running = False
        self.delivered = 0
        self.lines: dict[int, _Xmpp] = {}

    def arrived(self, number: int, count: int) -> None:
        """Messages have come to `number`; whoever sent them sends the next."""
        self.delivered += count
        if self.running:
            for _ in range(count):
                self.lines[number ^ 1].send(number)


class _Xmpp(asyncio.Protocol):
    """A client's end of an XMPP stream (RFC 6120), for one resource and small messages."""

    def __init__(self, number: int, load: _Load) -> None:
        self.number = number
        self.load = load
        self.text = b""
        self.awaited: tuple[bytes, asyncio.Future[None]] | None = None
        self.in_session = False
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.text += data
        if self.awaited is not None and self.awaited[0] in self.text:
            _mark, future = self.awaited
            self.awaited, self.text = None, b""
            future.set_result(None)
        elif self.in_session:
            count = self.text.count(b"</message>")
            if count:
                self.text = self.text[self.text.rindex(b"</message>") + 10 :]
                self.load.arrived(self.number, count)

    async def ask(self, text: str, until: str) -> None:
        future = asyncio.get_running_loop().create_future()
        self.awaited = (until.encode(), future)
        self.transport.write(text.encode())
        async with asyncio.timeout(30):
            await future

    def send(self, to: int) -> None:
        body = f"<message to='u{to}@localhost/r' type='chat'><body>{WORDS}</body></message>"
        self.transport.write(body.encode())


async def _sign_in(port: int, number: int, load: _Load) -> _Xmpp:
    loop = asyncio.get_running_loop()
    _transport, line = await loop.create_connection(lambda: _Xmpp(number, load), "127.0.0.1", port)
    head = "<stream:stream to='localhost' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' "
    head += "version='1.0'>"
    await line.ask("<?xml version='1.0'?>" + head, "</stream:features>")
    proof = base64.b64encode(f"\0u{number}\0secret".encode()).decode()
    await line.ask(f"<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>{proof}</auth>", "<success")
    await line.ask(head, "</stream:features>")
    bind = "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>r</resource></bind>"
    await line.ask(f"<iq type='set' id='b'>{bind}</iq>", "</iq>")
    await line.ask("<presence/>", "<presence")
    line.in_session = True
    return line


async def _measure(port: int, conversations: int, rounds: int, seconds: float) -> tuple[list[float], int]:
    load = _Load()
    for number in range(2 * conversations):
        load.lines[number] = await _sign_in(port, number, load)
    rates, total = [], 0
    for turn in range(rounds + 1):
        load.delivered, load.running = 0, True
        begun = time.perf_counter()
        for number, line in load.lines.items():
            for _ in range(IN_FLIGHT):
                line.send(number ^ 1)
        await asyncio.sleep(seconds)
        rates.append(load.delivered / (time.perf_counter() - begun))
        load.running, total = False, total + load.delivered
        print(f"ejabberd, round {turn}: {rates[-1]:.0f} archived and delivered a second")
        await asyncio.sleep(2)
    return rates[1:], total
