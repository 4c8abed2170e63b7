"""Families of browsers and systems out of a browser's own description; nothing finer is kept."""

import re
from ipaddress import IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

# The first that fits; browsers claim to be one another, so the more particular stand first.
_BROWSERS = [
    ("robot", re.compile(r"bot\b|crawl|spider|slurp|curl|wget|python|httpclient|headless", re.I)),
    ("edge", re.compile(r"Edg(e|A|iOS)?/")),
    ("opera", re.compile(r"OPR/|Opera")),
    ("samsung", re.compile(r"SamsungBrowser/")),
    ("firefox", re.compile(r"Firefox/|FxiOS/")),
    ("chrome", re.compile(r"Chrome/|CriOS/|Chromium/")),
    ("safari", re.compile(r"Safari/")),
]
_SYSTEMS = [
    ("android", re.compile(r"Android")),
    ("ios", re.compile(r"iPhone|iPad|iPod")),
    ("windows", re.compile(r"Windows")),
    ("macos", re.compile(r"Mac OS X|Macintosh")),
    ("chromeos", re.compile(r"CrOS")),
    ("linux", re.compile(r"Linux|X11")),
]
_HOST = re.compile(r"(?=.{1,100}$)[a-z0-9]([a-z0-9.-]*[a-z0-9])?")
OTHER = "other"


def browser_of(agent: str) -> str:
    """The browser's family: one of eight words."""
    return next((name for name, fits in _BROWSERS if fits.search(agent)), OTHER)


def system_of(agent: str) -> str:
    """The operating system's family: one of seven words."""
    return next((name for name, fits in _SYSTEMS if fits.search(agent)), OTHER)


def referrer_of(referrer: str, own_host: str) -> str:
    """The host of the page that led here; empty for none, for our own, and for what is no host name."""
    try:
        host = (urlsplit(referrer).hostname or "").casefold()
    except ValueError:
        return ""
    return host if host != own_host.casefold() and _HOST.fullmatch(host) else ""


def network_of(address: str) -> str:
    """The address cut to its /24 or /48, as `198.51.100.0` or `2001-db8-1--`; empty where it is none."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    wide = ip_network((found, 24 if found.version == 4 else 48), strict=False).network_address
    return wide.exploded.replace(":", "-")
