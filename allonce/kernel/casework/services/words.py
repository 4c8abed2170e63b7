"""A case's words, sealed to whom it is about."""

from base64 import b64decode
from typing import Any
from uuid import UUID

from allonce.kernel.accounts.models import Person
from allonce.kernel.casework.models import Case, CaseText, Decision, text_model
from allonce.kernel.errors import NotFound


def write(
    case: Case, role: CaseText.Role, words: dict[str, Any], *, by: Person | None, decision: Decision | None = None
) -> CaseText:
    """Add words to a case, within the caller's transaction."""
    about = {"person_id": case.person_id} if case.person_id else {"account_id": case.account_id}
    row: CaseText = text_model(case)(case=case, role=role, words=words, by=by, decision=decision, **about)
    row.save(force_insert=True)
    return row


def of_case(case: Case) -> list[CaseText]:
    """All words of a case, oldest first."""
    return list(text_model(case).objects.filter(case=case).select_related("by").order_by("at", "id"))


def sound_of(case: Case, text_id: UUID, number: int) -> tuple[str, bytes]:
    """Media type and bytes of a sound that was put into a case as evidence, by its place there. Raises NotFound."""
    text = text_model(case).objects.filter(case=case, pk=text_id, role=CaseText.Role.EVIDENCE).first()
    enclosed = text.words.get("enclosed", []) if text else []
    address = enclosed[number]["sound"] if number < len(enclosed) else ""
    head, _comma, packed = address.removeprefix("data:").partition(",")
    if not packed:
        raise NotFound
    return head.partition(";")[0], b64decode(packed)


def of_decision(decision: Decision, role: CaseText.Role) -> CaseText | None:
    """The latest words of that role about a decision."""
    rows = text_model(decision.case).objects.filter(decision=decision, role=role)
    found: CaseText | None = rows.order_by("-at").first()
    return found
