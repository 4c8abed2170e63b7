"""Assessments of legitimate interests: written by staff, kept in versions, good until their review."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from allonce.kernel import audit
from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.clock import today
from allonce.kernel.errors import UserError
from allonce.kernel.legal.marketing.models import Assessment
from allonce.kernel.legal.marketing.purposes import purpose_of


class ReviewInThePast(UserError):
    """An assessment must be good for a while."""

    code = "review_in_the_past"


def latest_assessment(purpose_code: str) -> Assessment | None:
    """The last version for a purpose, whatever it says."""
    return Assessment.objects.filter(purpose=purpose_code).order_by("-version").first()


def current_assessment(purpose_code: str) -> Assessment | None:
    """The last version, if it says that the interest may be relied on and its review is not overdue."""
    latest = latest_assessment(purpose_code)
    return latest if latest is not None and latest.holds else None


@transaction.atomic
def assess(staff: StaffAccess, purpose_code: str, said: Mapping[str, Any]) -> Assessment:
    """Add a version: interest, necessity, balancing, outcome and review_by. Audited. Raises ReviewInThePast."""
    purpose = purpose_of(purpose_code)
    review_by: date = said["review_by"]
    if review_by <= today():
        raise ReviewInThePast(fields={"review_by": _("Choose a day to come.")})
    latest = latest_assessment(purpose.code)
    made = Assessment.objects.create(
        purpose=purpose.code,
        version=latest.version + 1 if latest else 1,
        interest=said["interest"],
        necessity=said["necessity"],
        balancing=said["balancing"],
        outcome=said["outcome"],
        review_by=review_by,
        reviewed_by=staff.person,
    )
    data = {"purpose": purpose.code, "version": made.version, "outcome": made.outcome}
    audit.record("marketing.assessed", actor=staff.actor, target=f"marketing.Assessment:{made.id}", data=data)
    return made
