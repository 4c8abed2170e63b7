"""Who may be written to, and what the pages of choices show."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from allonce.kernel.accounts.models import Person
from allonce.kernel.legal.marketing.models import (
    Assessment,
    Basis,
    Change,
    Contact,
    Copy,
    Newsletter,
    Preference,
    Wording,
)
from allonce.kernel.legal.marketing.purposes import ALL, ConsentPurpose, marketing_purposes, purposes
from allonce.kernel.legal.marketing.services.assessments import current_assessment
from allonce.kernel.notices.ports import may_process

MARKETING = "marketing"


@dataclass(frozen=True)
class Line:
    """One purpose as a page of choices shows it."""

    purpose: ConsentPurpose
    row: Preference | None

    @property
    def allowed(self) -> bool:
        """Whether the use is allowed now."""
        return self.row is not None and self.row.basis != Basis.NONE and self.row.objected_at is None

    @property
    def wording(self) -> Any:
        """The sentence agreed to, word for word as it was shown then."""
        if self.row is None or self.row.wording is None:
            return ""
        kept = Wording.objects.filter(purpose=self.purpose.code, version=self.row.wording).first()
        return kept.text if kept else ""


def audience(purpose_code: str) -> QuerySet[Preference]:
    """Rows of contacts with a basis for this purpose and without an objection, in the order of the contacts."""
    rows = Preference.objects.filter(purpose=purpose_code, objected_at=None).exclude(basis=Basis.NONE)
    if current_assessment(purpose_code) is None:
        rows = rows.exclude(basis=Basis.INTEREST)
    return rows.order_by("contact_id")


def may_send(contact: Contact, purpose_code: str) -> bool:
    """Whether this contact may be sent this kind of marketing now: a basis, no objection, no restriction."""
    if contact.person_id is not None and not may_process(contact.person_id, MARKETING):
        return False
    return audience(purpose_code).filter(contact=contact).exists()


def lines_of(contact: Contact | None, shown: Iterable[ConsentPurpose] | None = None) -> list[Line]:
    """Every purpose with how it stands for this contact (None: never asked)."""
    rows = {row.purpose: row for row in Preference.objects.filter(contact=contact)} if contact else {}
    return [Line(purpose, rows.get(purpose.code)) for purpose in (shown if shown is not None else purposes())]


def contact_of(person: Person) -> Contact | None:
    """The person's record, if there is one."""
    return Contact.objects.filter(person=person).first()


def history_of(contact: Contact | None) -> list[dict[str, Any]]:
    """Every choice that reached us, newest first."""
    labels: dict[str, Any] = {purpose.code: purpose.label for purpose in purposes()}
    rows = Change.objects.filter(contact=contact) if contact else Change.objects.none()
    return [{"change": row, "label": labels.get(row.purpose, ""), "everything": row.purpose == ALL} for row in rows]


def objects_to_all(contact: Contact | None) -> bool:
    """Whether an objection to every kind of marketing stands and nothing was agreed to since."""
    if contact is None:
        return False
    objected = Preference.objects.filter(contact=contact, purpose=ALL).exclude(objected_at=None).exists()
    return objected and not any(line.allowed for line in lines_of(contact, marketing_purposes()))


def newsletters() -> QuerySet[Newsletter]:
    """All newsletters, the latest first."""
    return Newsletter.objects.order_by("-created_at")


def newsletter(newsletter_id: UUID) -> Newsletter | None:
    """One newsletter, or None."""
    return Newsletter.objects.filter(pk=newsletter_id).first()


def newsletter_lines() -> list[dict[str, Any]]:
    """Newsletters with the number of letters written of each, the latest first."""
    labels: dict[str, Any] = {purpose.code: purpose.label for purpose in purposes()}
    rows = newsletters().annotate(written=Count("copies"))
    return [{"newsletter": row, "list": labels.get(row.purpose, row.purpose)} for row in rows]


def written_copies(row: Newsletter) -> int:
    """How many letters of it were written."""
    return Copy.objects.filter(newsletter=row).count()


def contact(contact_id: UUID) -> Contact | None:
    """One record, or None."""
    return Contact.objects.filter(pk=contact_id).first()


def assessment_lines() -> list[dict[str, Any]]:
    """Every version of every assessment, newest first, each with whether it holds today."""
    labels: dict[str, Any] = {purpose.code: purpose.label for purpose in purposes()}
    current = {each.pk for code in labels if (each := current_assessment(code))}
    rows = Assessment.objects.order_by("purpose", "-version").select_related("reviewed_by")
    return [{"row": row, "label": labels.get(row.purpose, row.purpose), "current": row.pk in current} for row in rows]
