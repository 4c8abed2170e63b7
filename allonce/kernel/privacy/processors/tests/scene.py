"""A processor for tests, and settings that make it needed."""

from dataclasses import replace
from typing import Any

from pytest_django.fixtures import Settings

from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.audit import Actor
from allonce.kernel.clock import add_months, today
from allonce.kernel.privacy.processors import services
from allonce.kernel.privacy.processors.models import ProcessorVersion

FAR_RELAY = "mail:smtp.relay.example"


def facts(by: Inhabitant, **other: Any) -> services.Facts:
    usual = services.Facts(
        name="Harbour Relay Ltd",
        purpose="delivers mail",
        data=["contact", "delivery"],
        country="GB",
        connectors=[FAR_RELAY],
        safeguard="none_needed",
        agreement_date=add_months(today(), -2),
        agreement_reference="DPA-2026-001",
        assessed_by_id=by.person.id,
        assessed_on=today(),
        outcome="suitable",
        valid_until=add_months(today(), 12),
    )
    return replace(usual, **other)


def listed(by: Inhabitant, **other: Any) -> ProcessorVersion:
    return services.add(facts(by, **other), actor=Actor("staff", by.person.id))


def use_far_relay(settings: Settings) -> None:
    """From now on mail would leave this machine; in tests the name leads nowhere."""
    settings.EMAIL_BACKEND = "allonce.kernel.post.smtp.EmailBackend"
    settings.EMAIL_HOST = FAR_RELAY.removeprefix("mail:")
    settings.EMAIL_TIMEOUT = 1
