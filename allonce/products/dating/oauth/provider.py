"""The service whose accounts people may come with, from the installation's settings. There is one, or none."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from allonce.kernel.post.connectors import LOCAL, is_this_machine


@dataclass(frozen=True)
class Provider:
    """Its name for people, our credentials there, its three addresses, and what it is asked for.

    `proves_email`: it tells only addresses that it has confirmed itself, although it does not say so of each.
    """

    name: str
    client: str
    secret: str = field(repr=False)
    authorize: str
    token: str
    profile: str
    scopes: tuple[str, ...]
    proves_email: bool

    @property
    def connector(self) -> str:
        """Its name for the list of processors; "local" on this machine."""
        host = urlsplit(self.token).hostname or ""
        return LOCAL if is_this_machine(host) else f"oauth:{host}"

    @property
    def origin(self) -> str:
        """Where a form may lead that ends at its page."""
        parts = urlsplit(self.authorize)
        return f"{parts.scheme}://{parts.netloc}"


def provider() -> Provider | None:
    """The one that is set up; None if none is."""
    given = settings.OAUTH
    if not given["client"]:
        return None
    return Provider(**given | {"scopes": tuple(given["scopes"])})


def back_address() -> str:
    """Where the provider sends people back to: registered there, always the same, and taken from nobody's request."""
    return f"{settings.PUBLIC_URL}{reverse('dating:provider_back')}"


def connectors() -> list[str]:
    """For the list of processors."""
    found = provider()
    return [found.connector] if found else []
