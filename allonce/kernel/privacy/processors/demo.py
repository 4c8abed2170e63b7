"""Two processors for the demo: one far away with its safeguard, one whose assessment soon runs out."""

from datetime import timedelta
from typing import Any

from allonce.kernel.accounts.models import Person
from allonce.kernel.accounts.services import demo_doors
from allonce.kernel.audit import Actor
from allonce.kernel.clock import add_months, today
from allonce.kernel.privacy.processors import services
from allonce.kernel.privacy.processors.models import Processor, Safeguard


def load() -> None:
    """List them once; a second call changes nothing."""
    sam = Person.objects.with_email(demo_doors.STAFF_EMAIL)
    if sam is None or Processor.objects.exists():
        return
    papers: dict[str, Any] = {
        "agreement_date": add_months(today(), -7),
        "assessed_by_id": sam.id,
        "outcome": "suitable",
    }
    far = services.Facts(
        name="Quayside Texting Inc.",
        purpose="delivers text messages to people who asked for them",
        data=["contact", "delivery"],
        country="US",
        connectors=["sms:quayside"],
        safeguard=Safeguard.CLAUSES,
        safeguard_date=add_months(today(), -7),
        safeguard_reference="IDTA-2026-003",
        agreement_reference="DPA-2026-003",
        assessed_on=add_months(today(), -6),
        valid_until=add_months(today(), 6),
        **papers,
    )
    near = services.Facts(
        name="Tideway Vaults Ltd",
        purpose="keeps sealed backups; it cannot open them",
        data=["content"],
        country="GB",
        connectors=["storage:backups"],
        safeguard=Safeguard.NONE_NEEDED,
        agreement_reference="DPA-2025-011",
        assessed_on=add_months(today(), -11),
        valid_until=today() + timedelta(days=20),
        **papers,
    )
    for each in (far, near):
        services.add(each, actor=Actor("staff", sam.id))
