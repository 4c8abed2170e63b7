"""Push services: the browser makers' servers that wake browsers, and which of them this installation uses."""

from collections.abc import Iterable

from django.conf import settings

from allonce.kernel.post.connectors import LOCAL
from allonce.kernel.post.outward import Url

# Name in the settings and in connectors -> the domain, itself or with names before it.
KNOWN = {
    "google": "fcm.googleapis.com",
    "mozilla": "push.services.mozilla.com",
    "apple": "push.apple.com",
    "microsoft": "notify.windows.com",
}


def service_of(url: Url) -> str:
    """The switched-on service that an address belongs to: its name, its host, or "local"; "" where it is none."""
    if url.is_local:
        return LOCAL
    for name in settings.PUSH_SERVICES:
        domain = KNOWN.get(name, name)
        if url.host == domain or url.host.endswith(f".{domain}"):
            return str(name)
    return ""


def connector_of(service: str) -> str:
    """A service's name for the list of processors."""
    return LOCAL if service == LOCAL else f"push:{service}"


def connectors_in_use() -> Iterable[str]:
    """Every service that the settings switch on."""
    return [connector_of(name) for name in settings.PUSH_SERVICES]
