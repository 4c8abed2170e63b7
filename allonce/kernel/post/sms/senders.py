"""Which number an account's text messages come from: its own, or the installation's."""

from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy

from allonce.kernel.audit import Actor, record
from allonce.kernel.errors import UserError
from allonce.kernel.post.sms.models import Number
from allonce.kernel.post.sms.numbers import spelt_alike
from allonce.kernel.vault import blind_index


class NumberTaken(UserError):
    """Another account sends from this number."""

    code = "number_taken"
    status = 409
    message = gettext_lazy("This number already belongs to another account.")


def number_of(account_id: UUID) -> str:
    """The account's own number, or "" where it sends from the installation's."""
    found = Number.objects.filter(account_id=account_id).first()
    return found.number if found else ""


def sender_of(account_id: UUID) -> tuple[str, bool]:
    """What the account's messages are sent from, and whether it shares that with other accounts."""
    own = number_of(account_id)
    return (own, False) if own else (str(settings.SMS["sender"]), True)


def owner_of(number: str) -> UUID | None:
    """The account that alone sends from this number."""
    found = Number.objects.filter(number_index=blind_index("post_sms.Number.number", spelt_alike(number))).first()
    return found.account_id if found else None


def assign_number(account_id: UUID, number: str, actor: Actor) -> None:
    """Give a number at the gateway to one account, in place of the one it had. Raises NumberTaken."""
    try:
        with transaction.atomic():
            Number.objects.filter(account_id=account_id).delete()
            made = Number.objects.create(account_id=account_id, number=spelt_alike(number))
            record("sms.number_assigned", actor=actor, account_id=account_id, target=f"post_sms.Number:{made.id}")
    except IntegrityError:
        raise NumberTaken from None


def release_number(account_id: UUID, actor: Actor) -> None:
    """Let the account send from the installation's number again."""
    with transaction.atomic():
        if Number.objects.filter(account_id=account_id).delete()[0]:
            record("sms.number_released", actor=actor, account_id=account_id)
