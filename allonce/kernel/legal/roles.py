"""Who decides about which data, and who only handles it: one source for the policies and for the register."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class RoleLine:
    """For one kind of data of one service: who is controller, who processes on whose behalf, under what."""

    service: str
    data: Any
    controller: Any
    processor: Any
    under: Any


OPERATOR = _("The Operator")
SUBSCRIBER = _("The Subscriber")
_lines: list[RoleLine] = []


def register_roles(lines: Iterable[RoleLine]) -> None:
    """Add a service's lines. Called in an app's `ready`."""
    _lines.extend(line for line in lines if line not in _lines)


def roles(service: str = "") -> list[RoleLine]:
    """The lines of one service, or all."""
    return [line for line in _lines if service in {"", line.service}]


PLATFORM = (
    RoleLine(
        "platform",
        _("Sign-in, account and people of an account: names, addresses, roles, sessions"),
        OPERATOR,
        _("The Operator's processors as listed"),
        _("These terms"),
    ),
    RoleLine(
        "platform",
        _("Record of who did what, staff's looks, security"),
        OPERATOR,
        _("The Operator's processors as listed"),
        _("Legitimate interest in safe accounts"),
    ),
    RoleLine(
        "platform",
        _("Requests, complaints, applications for work, newsletters"),
        OPERATOR,
        _("The Operator's processors as listed"),
        _("Duties of law, or consent"),
    ),
)
FIELD = (
    RoleLine(
        "field",
        _("Catalogue: products, prices, rules"),
        _("Nobody: it holds no personal data"),
        _("The Operator stores it"),
        _("Processing agreement"),
    ),
    RoleLine(
        "field",
        _("Users of Mobile: names, initials, devices"),
        SUBSCRIBER,
        OPERATOR,
        _("Processing agreement"),
    ),
    RoleLine(
        "field",
        _("Orders and quotes: customers, homes, measurements, photos, signatures"),
        SUBSCRIBER,
        _("The Operator passes them on from memory and stores nothing; the mail relay delivers"),
        _("Processing agreement"),
    ),
    RoleLine(
        "field",
        _("What became of a sent document: opaque references, times, state"),
        SUBSCRIBER,
        OPERATOR,
        _("Processing agreement"),
    ),
)
