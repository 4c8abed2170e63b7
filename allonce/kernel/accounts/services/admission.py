"""Who may sign up at all: rooms ask, and of whoever is refused nothing is kept."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from allonce.kernel import audit
from allonce.kernel.accounts.models import Invitation, SignUpRequest
from allonce.kernel.accounts.ports import NotAdmitted, sign_up_questions


def require(asked: SignUpRequest | Invitation, answers: Mapping[str, Any]) -> None:
    """Check the answers to every registered question.

    Raises NotAdmitted. Then what led here, and with it the address, is deleted already; the record says only that
    it happened.
    """
    try:
        for question in sign_up_questions():
            question.check(answers)
    except NotAdmitted as refusal:
        _forget(asked, refusal.code)
        raise


@transaction.atomic
def _forget(asked: SignUpRequest | Invitation, code: str) -> None:
    account_id = asked.account_id if isinstance(asked, Invitation) else None
    asked.delete()
    audit.record("sign_up.refused", actor=audit.SYSTEM, account_id=account_id, data={"reason": code})
