"""Links mailed to people: signed, expiring, usable once, and stored nowhere."""

from datetime import timedelta
from typing import TypeVar
from uuid import UUID

from django.core import signing
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from allonce.kernel.accounts.models import Account, Invitation, MailedToken, Person, SignUpRequest
from allonce.kernel.clock import now
from allonce.kernel.errors import UserError

Purpose = MailedToken.Purpose
LIFETIMES = {
    Purpose.RESET: timedelta(hours=1),
    Purpose.PERSON_EMAIL: timedelta(days=3),
    Purpose.ACCOUNT_EMAIL: timedelta(days=3),
}
SIGN_UP_LIFETIME = timedelta(days=1)

Row = TypeVar("Row", MailedToken, SignUpRequest, Invitation)


class LinkNotValid(UserError):
    """The link was forged, is over its time, or was used: deliberately one answer."""

    code = "link_not_valid"
    status = 410
    message = gettext_lazy("This link is no longer valid. Ask for a new one.")


def issue(person: Person, purpose: "MailedToken.Purpose", *, email: str = "", account: Account | None = None) -> str:
    """A new link token; older ones for the same purpose stop working.

    But for a forgotten password: anybody may ask for that link, and would make worthless what its owner was mailed.
    """
    if purpose != Purpose.RESET:
        MailedToken.objects.filter(person=person, purpose=purpose, account=account, used_at=None).delete()
    expires_at = now() + LIFETIMES[purpose]
    row = MailedToken(person=person, purpose=purpose, account=account, email=email, expires_at=expires_at)
    row.save(force_insert=True)
    return sign(purpose, row.id)


def issue_sign_up(email: str) -> str:
    """A link token with which the holder of that mailbox may open an account."""
    row = SignUpRequest(email=email, expires_at=now() + SIGN_UP_LIFETIME)
    row.save(force_insert=True)
    return sign("sign-up", row.id)


def mailed(token: str, purpose: "MailedToken.Purpose") -> MailedToken:
    """The living row behind a mailed link, or LinkNotValid."""
    rows = MailedToken.objects.filter(purpose=purpose).select_related("person", "account")
    return _living(rows.filter(used_at=None), purpose, token)


def sign_up_request(token: str) -> SignUpRequest:
    """The living request behind a sign-up link, or LinkNotValid."""
    return _living(SignUpRequest.objects.filter(used_at=None), "sign-up", token)


def invitation(token: str) -> Invitation:
    """The open invitation behind a mailed link, or LinkNotValid."""
    open_ones = Invitation.objects.filter(accepted_at=None, withdrawn_at=None).select_related("account")
    return _living(open_ones, "invite", token)


def use_up(row: MailedToken | SignUpRequest) -> None:
    """Count the link as used; LinkNotValid when somebody else was quicker."""
    if not type(row).objects.filter(pk=row.pk, used_at=None).update(used_at=now()):
        raise LinkNotValid


def sign(purpose: str, row_id: UUID) -> str:
    """A token that only this installation can have made."""
    return signing.dumps(row_id.hex, salt=f"accounts.{purpose}")


def withdraw_resets(person: Person) -> None:
    """The password was changed: links that were mailed to change it serve no longer."""
    MailedToken.objects.filter(person=person, purpose=Purpose.RESET, used_at=None).delete()


def _living(rows: QuerySet[Row], purpose: str, token: str) -> Row:
    try:
        row_id = UUID(signing.loads(token, salt=f"accounts.{purpose}"))
    except (signing.BadSignature, ValueError) as error:
        raise LinkNotValid from error
    row = rows.filter(pk=row_id, expires_at__gt=now()).first()
    if row is None:
        raise LinkNotValid
    return row
