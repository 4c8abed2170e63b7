"""A real IMAP server with a folder, ports and a certificate of its own."""

import datetime
import getpass
import grp
import ipaddress
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from imap_tools import MailBoxUnencrypted

from allonce.kernel.clock import now

LOOPBACK = "127.0.0.1"
PASSWORD = "correct-horse"

CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{folder}/certificate.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = no
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:~/mail
{users}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home/%u
}}
namespace inbox {{
  inbox = yes
}}
auth_failure_delay = 0
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {tls}
    ssl = yes
  }}
}}
"""


@dataclass
class Dovecot:
    """Where it listens and what it keeps."""

    plain: int
    tls: int
    folder: Path

    @property
    def authority(self) -> str:
        return str(self.folder / "certificate.pem")

    def put(self, *mails: bytes, user: str = "desk") -> None:
        with self._mailbox(user) as mailbox:
            for raw in mails:
                mailbox.append(raw, "INBOX")

    def kept(self, folder: str = "INBOX", user: str = "desk") -> list[tuple[bytes, tuple[str, ...]]]:
        """The mails of a folder with their flags."""
        with self._mailbox(user) as mailbox:
            if not mailbox.folder.exists(folder):
                return []
            mailbox.folder.set(folder)
            found = list(mailbox.fetch(mark_seen=False))
            return [(mail.obj.as_bytes(), tuple(sorted(set(mail.flags) - {"\\Recent"}))) for mail in found]

    def flag(self, number: int, flag: str, user: str = "desk") -> None:
        with self._mailbox(user) as mailbox:
            mailbox.client.store(str(number), "+FLAGS", f"({flag})")

    def _mailbox(self, user: str) -> MailBoxUnencrypted:
        mailbox = MailBoxUnencrypted(LOOPBACK, self.plain, timeout=20)
        mailbox.login(user, PASSWORD)
        return mailbox


@contextmanager
def dovecot() -> Iterator[Dovecot]:
    """A running server. Its folder is not pytest's: there paths are too long for sockets, and closed to other users."""
    program = shutil.which("dovecot", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
    assert program, "dovecot-imapd is missing: see .ci/apt.txt"
    folder = Path(tempfile.mkdtemp(prefix="dovecot-"))
    folder.chmod(0o755)
    server = Dovecot(_free_port(), _free_port(), folder)
    _configure(server)
    process = subprocess.Popen([program, "-F", "-c", str(folder / "dovecot.conf")], stdout=subprocess.DEVNULL)
    try:
        _wait_for(server)
        yield server
    finally:
        process.terminate()
        process.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def _configure(server: Dovecot) -> None:
    """As root the server wants users of its own, and none of them may be root; otherwise all is ours."""
    root = os.getuid() == 0
    me = getpass.getuser()
    keeper = pwd.getpwnam("nobody" if root else me)
    users = "" if root else f"default_internal_user = {me}\ndefault_login_user = {me}\n"
    users += "" if root else f"default_internal_group = {_group_of(keeper.pw_gid)}"
    text = CONFIGURATION.format(
        folder=server.folder,
        users=users,
        password=PASSWORD,
        uid=keeper.pw_uid,
        gid=keeper.pw_gid,
        plain=server.plain,
        tls=server.tls,
    )
    (server.folder / "home").mkdir()
    os.chown(server.folder / "home", keeper.pw_uid, keeper.pw_gid)
    (server.folder / "dovecot.conf").write_text(text)
    _write_certificate(server.folder)


def _group_of(number: int) -> str:
    return grp.getgrgid(number).gr_name


def _write_certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "tests")])
    hosts = [x509.IPAddress(ipaddress.ip_address(LOOPBACK))]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now() - datetime.timedelta(days=1))
        .not_valid_after(now() + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(hosts), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    (folder / "key.pem").write_bytes(pem)


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def _wait_for(server: Dovecot) -> None:
    end = time.monotonic() + 20
    while True:
        try:
            server.put()
            return
        except (OSError, EOFError) as error:
            said = server.folder / "log"
            assert time.monotonic() < end, (error, said.read_text() if said.exists() else "")
            time.sleep(0.1)


@dataclass
class Wire:
    """A line to the server that can be cut."""

    port: int = 0
    ends: list[socket.socket] = field(default_factory=list)

    def cut(self) -> None:
        for end in self.ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@contextmanager
def wire(to: int) -> Iterator[Wire]:
    """Carries one connection to the port `to`."""
    listener = socket.create_server((LOOPBACK, 0))
    line = Wire(port=listener.getsockname()[1])

    def carry(source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)

    def serve() -> None:
        with suppress(OSError):
            near, _address = listener.accept()
            far = socket.create_connection((LOOPBACK, to))
            line.ends += [near, far]
            threading.Thread(target=carry, args=(far, near), daemon=True).start()
            carry(near, far)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield line
    finally:
        line.cut()
        listener.close()
        for end in line.ends:
            end.close()
        thread.join(5)
