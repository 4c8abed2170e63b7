"""Every address of the product, from its URL configuration, and those that strangers may read with the reason why."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

# The address without its leading slash -> why anybody may call it. Everything else must refuse strangers.
# Rooms and products keep their own lists in tests/public.py.
PUBLIC: dict[str, str] = {
    "": "the front page says what this is",
    "parts/": "the design system shows no data",
    "icon.svg": "the favicon",
    "licences/": "LEGAL-LICENCES: listed for everybody",
    "licences/<slug:origin>/<path:name>/": "LEGAL-LICENCES: the texts themselves",
    "sign-in/": "where strangers stop being strangers",
    "sign-in/second/": "needs a right password in this browser; sends others to sign in",
    "sign-in/passkey/options/": "a random challenge",
    "sign-in/passkey/": "refuses without a proof of possession",
    "sign-in/demo/<slug:who>/": "exists only in the demo",
    "sign-in/forgotten/": "answers everybody alike",
    "sign-in/mail-sent/": "one sentence, the same for all",
    "sign-in/reset/<str:token>/": "opens with a mailed, signed token alone",
    "sign-out/": "ends only the caller's own session",
    "sign-up/": "answers everybody alike",
    "sign-up/<str:token>/": "opens with a mailed, signed token alone",
    "invitation/<str:token>/": "opens with a mailed, signed token alone",
    "confirm/<str:token>/": "opens with a mailed, signed token alone",
    "api/openapi.json": "the API's description holds no data",
    "api/": "names the API and nothing else",
    "api/mobile/v1/register": "refuses alike whatever is wrong, and is throttled",
    "webhooks/relay/<slug:relay>/": "refuses without the relay's signature",
    "mobile/": "the app itself; it holds no data before it registers",
    "mobile/<path:name>": "files of the app itself",
    "sw.js": "the app's service worker",
}
for app in apps.get_app_configs():
    if app.name.startswith("allonce.") and find_spec(f"{app.name}.tests") and find_spec(f"{app.name}.tests.public"):
        PUBLIC |= import_module(f"{app.name}.tests.public").PUBLIC
PARAMETER = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")


@dataclass(frozen=True)
class Address:
    """One route, as Django spells it."""

    route: str

    @property
    def is_public(self) -> bool:
        return self.route in PUBLIC

    @property
    def is_for_phones(self) -> bool:
        return self.route.startswith("api/")

    def parameters(self) -> list[tuple[str, str]]:
        """(kind, name) of each part to fill in."""
        return [(match["kind"] or "str", match["name"]) for match in PARAMETER.finditer(self.route)]

    def filled(self, values: dict[str, str]) -> str:
        """The path with its parameters put in."""
        return "/" + PARAMETER.sub(lambda match: values[match["name"]], self.route)


def every_address() -> list[Address]:
    """All routes of the installation."""
    return [Address(route) for route in _routes(get_resolver().url_patterns, "")]


def _routes(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, route)
        else:
            yield route
