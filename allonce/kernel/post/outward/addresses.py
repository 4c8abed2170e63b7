"""Which addresses may be called: nothing inside the house's own network can be reached from here.

A name is looked up once, every address it has is judged, and the connection goes to an address that was judged:
a name that answers differently a moment later (DNS rebinding) leads nowhere else.
"""

import re
import socket
import threading
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy

from allonce.kernel.errors import UserError
from allonce.kernel.post.connectors import is_this_machine

LONGEST = 2000
# Printable ASCII without blanks, quotes, brackets of markup and backslashes, which programs read differently.
PLAIN = re.compile(r"[!#-;=?-\[\]_a-z~]+", re.ASCII)
# An IPv6 network's way to IPv4 hosts (RFC 6052); what it leads to is judged.
NAT64 = ip_network("64:ff9b::/96")
PORTS = {"https": 443, "http": 80}


class AddressRefused(UserError):
    """The web address is none that may be called."""

    code = "address_refused"
    status = 422
    message = gettext_lazy(
        "Give a public web address that starts with https:// and holds no user name, password or part after #."
    )


class NotLookedUp(Exception):
    """The name leads nowhere that may be called; `word` says why."""

    def __init__(self, word: str) -> None:
        self.word = word
        super().__init__(word)


@dataclass(frozen=True)
class Url:
    """A web address whose shape is right. `path` holds the query too."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def is_local(self) -> bool:
        """Whether it names this machine."""
        return is_this_machine(self.host)

    @property
    def authority(self) -> str:
        """Host and port as a Host header names them, without the scheme's usual port."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme, host and port as RFC 6454 writes them."""
        return f"{self.scheme}://{self.authority}"


def readable_url(text: str, *, trusted: bool = False) -> Url:
    """The parts of `text`. Raises AddressRefused for what may never be called, whatever its name leads to.

    A `trusted` address comes from the installation's own settings. This machine may be named by those, and by
    anybody where `LOOPBACK_CALLS` is on (demo, tests); there, and nowhere else, plain HTTP will do.
    """
    found = _parts(text)
    may_be_local = trusted or settings.LOOPBACK_CALLS
    if found.is_local and not may_be_local:
        raise AddressRefused
    if found.scheme != "https" and not found.is_local:
        raise AddressRefused
    literal = _as_address(found.host)
    if literal is not None and not trusted and not may_be_called(literal):
        raise AddressRefused
    return found


def _parts(text: str) -> Url:
    if len(text) > LONGEST or not PLAIN.fullmatch(text):
        raise AddressRefused
    try:
        split = urlsplit(text)
        host, port = split.hostname or "", split.port
    except ValueError:
        raise AddressRefused from None
    if split.scheme not in PORTS or not host or "@" in split.netloc or "#" in text or "%" in host or port == 0:
        raise AddressRefused
    path = (split.path or "/") + (f"?{split.query}" if split.query else "")
    return Url(split.scheme, host.rstrip("."), port or PORTS[split.scheme], path)


def judged_addresses(url: Url, *, trusted: bool, seconds: float) -> list[str]:
    """Every address of the host, each of them judged. Raises NotLookedUp: name_unknown, address_refused, timeout."""
    found = _looked_up(url, seconds)
    if not found:
        raise NotLookedUp("name_unknown")
    if not trusted and not all(may_be_called(ip_address(each)) for each in found):
        raise NotLookedUp("address_refused")
    return found


def may_be_called(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address lies in the public network, or on this machine where that is allowed."""
    inner = _carried(address)
    if inner is not None:
        return may_be_called(inner)
    if address.is_loopback:
        return bool(settings.LOOPBACK_CALLS)
    # Site-local addresses were withdrawn (RFC 3879) and count as global; routers may still know them.
    withdrawn = isinstance(address, IPv6Address) and address.is_site_local
    return address.is_global and not (address.is_multicast or address.is_reserved or withdrawn)


def _carried(address: IPv4Address | IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 one stands for: mapped, 6to4 or NAT64."""
    if isinstance(address, IPv4Address):
        return None
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def _as_address(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def _looked_up(url: Url, seconds: float) -> list[str]:
    """The resolver has no time limit of its own, so it works in a thread that may be left behind."""
    found: list[str] = []

    def look() -> None:
        try:
            rows = socket.getaddrinfo(url.host, url.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            return
        found.extend(dict.fromkeys(str(row[4][0]) for row in rows))

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        raise NotLookedUp("timeout")
    return found
